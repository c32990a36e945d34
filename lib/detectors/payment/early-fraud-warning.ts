import { chargeMoneyState } from '../../domain/finding/money-state.ts';
import { defineDetector } from '../define.ts';
import type { Examples } from '../examples/example-events.ts';
import { exampleFraudWarning } from '../examples/example-fraud-warning.ts';

export const earlyFraudWarning = defineDetector({
  id: 'early-fraud-warning',
  question: 'Does the card’s issuer call this payment fraud, while a refund still prevents the dispute?',
  certainty: 'proven',
  nextSteps: [
    'Open the payment in Stripe; if nothing shows that the customer made it, refund it in full today: that spares the dispute and its fee.',
    'Stop what has not been delivered, and cancel the subscription that the card pays.',
    'Look for other payments with the same card or address, and block them in Radar.',
  ],
  blindSpots: [
    'Fraud that no issuer reports: many disputes come without a warning.',
    'Who it is and how much: Stripe’s event names the payment only.',
    'A refund or a dispute that comes between Stripe’s event and the email.',
  ],
  on: ['fraud_warning_received'],
  judge({ warning }) {
    if (warning.actionable === false) return [];
    const how = warning.fraudType === null ? '' : ` (${warning.fraudType.replaceAll('_', ' ')})`;
    return [
      {
        about: warning.charge,
        severity: 'high',
        severityReason:
          'Most such payments are disputed within weeks, and a dispute costs a fee on top of the payment.',
        summary: `The card’s issuer reports payment ${warning.charge} as fraud${how}; a full refund now prevents a dispute.`,
        headline: 'payment reported as fraud, a refund now prevents the dispute',
        measure: { kind: 'quantity', unit: '', what: 'early fraud warnings' },
        actual: 1,
        expected: { low: 0, high: 0 },
        boundary: null,
        rule: 'Every early fraud warning is reported whose payment is neither refunded in full nor disputed, as Stripe says.',
        history: { count: 0, points: [] },
        breakdown: null,
        atStakeMinor: null,
        money: chargeMoneyState({ currency: noCurrency }),
      },
    ];
  },
});

/** ISO 4217's own code for it: the event does not say. */
const noCurrency = 'xxx';

export const examples: Examples = () => ({
  fires: [
    { name: 'a payment that the issuer calls fraud', history: [], event: exampleFraudWarning(0) },
    {
      name: 'a warning of a shape that does not say whether a refund helps',
      history: [],
      event: exampleFraudWarning(0, { actionable: null, fraudType: null }),
    },
  ],
  quiet: [
    {
      name: 'a payment that was refunded in full already',
      history: [],
      event: exampleFraudWarning(0, { actionable: false }),
    },
    {
      name: 'a payment that is disputed already',
      history: [],
      event: exampleFraudWarning(0, { actionable: false, fraudType: 'misc' }),
    },
  ],
});
