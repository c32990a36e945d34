import type { ChargeEvent } from '../../domain/events/billing-event.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { chargeMoneyState } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { sumMinor } from '../../domain/money/sum-minor.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { wasExpected } from '../baseline/was-expected.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleCharge, exampleRefund, monthly } from '../examples/example-events.ts';
import { type Moment, newBurst } from './burst.ts';
import { burstMeasures, minutesOf } from './burst-measures.ts';

const spanSec = 30 * 60; //    seconds; as long as someone works on one customer
const everydayCount = 2; //    full refunds; the last payment and its duplicate, or the last two months
const highDollars = 1000; //   about, in any currency; refunded so fast it is worth looking at today

export const refundSpike = defineDetector({
  id: 'refund-spike',
  question: 'Is far more refunded to this customer than usual?',
  certainty: 'unusual',
  admits: true,
  basis: 'refunds so fast, or beyond the payment, are seldom meant',
  nextSteps: [
    'Open the payment in Stripe: who refunded, by hand or by a key of the API?',
    'Ask that person or team whether all of these refunds were meant.',
    'If not, stop the script or block the account. Stripe can cancel a card refund only for a short while.',
  ],
  blindSpots: [
    'Partial refunds, however many: goods that come back.',
    'Refunds of payments that are not among the customer’s last 64, or from before BillingWatch: whether they were whole is not known.',
    'One refund each for many customers: that is a matter of the account.',
    'How a burst continues: it is reported when it begins, and again only after a day without one.',
    'Refunds in several currencies at once: each currency is counted by itself.',
  ],
  needsRealTime: true,
  on: ['charge_refunded'],
  judge: (event, record) =>
    event.charge.amountCapturedMinor === 0 // an authorisation was let go: no money came back
      ? []
      : [...judgeCharge(event, record), ...judgeBurst(event, record)],
});

/** More was refunded than was charged. */
function judgeCharge(event: ChargeEvent, record: CustomerRecord): readonly Judgement[] {
  const { charge } = event;
  const { id, currency, amountCapturedMinor, amountRefundedMinor } = charge;
  if (amountRefundedMinor <= amountCapturedMinor) return [];
  const earlier = record.setbacks.get(seriesKey.refunded(currency)) ?? [];
  if (wasExpected(earlier, (value) => value === amountRefundedMinor)) return [];
  const money = (minor: number): string => formatMoney(minor, currency);
  const atStakeMinor = amountRefundedMinor - amountCapturedMinor;
  return [
    {
      about: id,
      severity: 'high',
      severityReason: `${money(atStakeMinor)} more went back than ever came in.`,
      summary: `${customerLabel(event)} was refunded ${money(amountRefundedMinor)} of a payment of ${money(amountCapturedMinor)}.`,
      headline: `refunded ${money(amountRefundedMinor)} of a payment of ${money(amountCapturedMinor)}`,
      measure: { kind: 'money', currency, what: 'amount refunded' },
      actual: amountRefundedMinor,
      expected: { low: 0, high: amountCapturedMinor },
      boundary: amountCapturedMinor,
      rule: 'All refunds of a payment together are flagged when they are more than the payment.',
      history: { count: 0, points: [] },
      breakdown: null,
      atStakeMinor,
      money: chargeMoneyState(charge, 'refunded'),
    },
  ];
}

function judgeBurst(event: ChargeEvent, record: CustomerRecord): readonly Judgement[] {
  const { charge, occurredAtSec: atSec } = event;
  const { currency } = charge;
  if (charge.amountRefundedMinor < charge.amountCapturedMinor) return [];
  const known = fullRefunds(record, currency, objectHash(charge.id));
  const now = { atSec, value: charge.amountRefundedMinor };
  const burst = newBurst(known, inTime([...known, now]), atSec, { spanSec, everydayCount });
  if (burst === undefined) return [];
  const atStakeMinor = sumMinor(burst.moments.map(({ value }) => value));
  const together = atStakeMinor === null ? '' : `, ${formatMoney(atStakeMinor, currency)} together`;
  const isHigh = (atStakeMinor ?? 0) >= approximateUsd(highDollars, currency);
  return [
    {
      severity: isHigh ? 'high' : 'medium',
      severityReason: `${burst.moments.length} payments were refunded${together}.`,
      summary:
        `Payments by ${customerLabel(event)} were refunded in full ${burst.moments.length} times within ` +
        `${minutesOf(burst)}${together}; usually ${burst.usualCount === 0 ? 'none is' : `it is at most ${burst.usualCount}`}.`,
      headline: `refunded in full ${burst.moments.length} times within ${minutesOf(burst)}${together}`,
      ...burstMeasures(burst, currency, 'full refunds within 30 minutes'),
      rule:
        `Full refunds are flagged when there are more than ${burst.boundary} within ${spanSec / 60} minutes. Each payment ` +
        'counts once, with all that was refunded of it; a customer who had two such bursts is judged by the larger one.',
      atStakeMinor,
      money: chargeMoneyState(charge, 'refunded'),
    },
  ];
}

/** When each payment was refunded in full, and how much; except for one charge. */
function fullRefunds(record: CustomerRecord, currency: string, butHash: number): readonly Moment[] {
  const charges = record.charges.get(seriesKey.charge(currency)) ?? [];
  const capturedMinor = new Map(charges.map(({ hash, value }) => [hash, value]));
  const refunds = record.setbacks.get(seriesKey.refunded(currency)) ?? [];
  const full = refunds.filter(
    ({ hash, value }) => hash !== butHash && value >= (capturedMinor.get(hash) ?? Number.POSITIVE_INFINITY),
  );
  return inTime(
    full.map(({ atSec, revision, value, verdict }) => ({ atSec: atSec + revision, value, verdict })),
  );
}

function inTime(moments: readonly Moment[]): readonly Moment[] {
  return moments.toSorted((a, b) => a.atSec - b.atSec);
}

export const examples: Examples = () => {
  const paid = monthly(exampleCharge, [40_000, 40_000, 40_000, 40_000, 40_000, 40_000]);
  const refund = (month: number, afterSec: number) => exampleRefund(month, 40_000, 6, afterSec);
  return {
    fires: [
      {
        name: 'the third payment refunded in ten minutes',
        history: [...paid, refund(3, 0), refund(4, 300)],
        event: refund(5, 600),
      },
      {
        name: 'a second part that makes the third refund whole',
        history: [...paid, refund(3, 0), refund(4, 300), exampleRefund(5, 40_000, 6, 400, 10_000)],
        event: refund(5, 600),
      },
      {
        name: 'more than the payment',
        history: paid,
        event: exampleRefund(5, 40_000, 6, 0, 40_001),
      },
    ],
    quiet: [
      {
        name: 'an authorisation that was let go next to two refunds',
        history: [...paid, refund(3, 0), refund(4, 300)],
        event: {
          ...refund(5, 600),
          charge: { ...refund(5, 600).charge, id: 'ch_held', amountCapturedMinor: 0 },
        },
      },
      {
        name: 'a part of a deposit that was captured in part, next to two refunds',
        history: [...paid, refund(3, 0), refund(4, 300)],
        event: exampleCharge(
          6,
          40_000,
          { id: 'ch_deposit', amountCapturedMinor: 8_000, amountRefundedMinor: 7_999 },
          'charge_refunded',
        ),
      },
      { name: 'a payment refunded', history: paid, event: refund(5, 0) },
      { name: 'a payment and its duplicate', history: [...paid, refund(4, 0)], event: refund(5, 60) },
      {
        name: 'one payment refunded in four parts, each event with the sum so far',
        history: [
          ...paid,
          ...[10_000, 20_000, 30_000].map((sum) => exampleRefund(5, 40_000, 6, sum / 100, sum)),
        ],
        event: refund(5, 400),
      },
      {
        name: 'goods of four orders that come back',
        history: [...paid, ...[2, 3, 4].map((month) => exampleRefund(month, 40_000, 6, month, 9_000))],
        event: exampleRefund(5, 40_000, 6, 600, 9_000),
      },
      {
        name: 'refunds of payments that we do not know, which may be parts of them',
        history: [refund(3, 0), refund(4, 60)],
        event: refund(5, 120),
      },
      {
        name: 'full refunds that are hours apart',
        history: [...paid, refund(3, 0), refund(4, 7_200)],
        event: refund(5, 14_400),
      },
      {
        name: 'the fourth of a burst that was reported at its third',
        history: [...paid, refund(2, 0), refund(3, 60), refund(4, 120)],
        event: refund(5, 180),
      },
    ],
  };
};
