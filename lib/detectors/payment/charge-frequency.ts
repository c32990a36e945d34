import type { ChargeEvent } from '../../domain/events/billing-event.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { chargeMoneyState } from '../../domain/finding/money-state.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { sumMinor } from '../../domain/money/sum-minor.ts';
import { matchesPayment } from '../../domain/record/matches-payment.ts';
import { amountObservation } from '../../domain/record/observations-of.ts';
import type { Observation, Series } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { daySec, hourSec } from '../../domain/time.ts';
import { invoicedAmounts } from '../baseline/comparable-amounts.ts';
import { defineDetector } from '../define.ts';
import { gapSec } from '../duplicate/duplicate-charge.ts';
import { type Examples, exampleCharge, exampleInvoice, monthAtSec } from '../examples/example-events.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';
import { type Moment, newBurst } from './burst.ts';
import { burstMeasures } from './burst-measures.ts';

const spanSec = daySec; //      any 24 hours
const everydayCount = 6; //     payments a day that a person may make who buys, forgets something and buys again
const times = 3; //             the most that the customer has made in 24 hours so far
const warmUp = 5; //            earlier payments; with fewer there is too little history to say
const knownSec = 30 * daySec; // from the first of them: a month shows most habits

export const chargeFrequency = defineDetector({
  id: 'charge-frequency',
  question: 'Is this customer charged far more often in a day than ever before?',
  certainty: 'unusual',
  admits: true,
  nextSteps: [
    'Open the customer in Stripe and see what the payments of the day are for.',
    'If a program made them, stop it: look for a job that runs again and again, or a key that someone else has.',
    'Refund what was not meant before the customer disputes it.',
  ],
  blindSpots: [
    'Customers of less than a month or five payments: too little history to say.',
    'Customers who are charged some ten times a day or more: their record holds a few days only.',
    'The same amount again within minutes, which duplicate-charge says, and payments that fail.',
    'How it continues: it is reported when it begins, and again only after a day without a payment too many.',
  ],
  needsRealTime: true,
  on: ['charge_succeeded'],
  judge(event, record) {
    const { seen } = amountObservation(event);
    const { charge } = event;
    if (seen.value === 0) return [];
    const charges = record.charges.get(seriesKey.charge(charge.currency)) ?? [];
    const errors = charges.filter(({ verdict }) => verdict === 'error');
    const isOfError = (known: Observation) => errors.some(isNear(known)); // the day was wrong, not one charge of it
    const before = charges.filter((known) => !known.voided && known.hash !== seen.hash && !isOfError(known));
    if (before.filter(isNear(seen)).length < everydayCount) return []; // nearly always, and quickly
    return judgeDay(event, seen, before, invoicedAmounts(record, charge.currency));
  },
});

function isNear(seen: Observation): (other: Observation) => boolean {
  return ({ atSec }) => Math.abs(atSec - seen.atSec) <= spanSec;
}

function judgeDay(event: ChargeEvent, seen: Observation, before: Series, invoices: Series) {
  const { currency } = event.charge;
  const known = purchases(before, invoices);
  const inTime = [...before, seen].sort((a, b) => a.atSec - b.atSec || a.hash - b.hash);
  const after = purchases(inTime, invoices);
  const earlier = known.filter(({ atSec }) => atSec < seen.atSec - spanSec);
  const isKnown = seen.atSec - (earlier[0]?.atSec ?? seen.atSec) >= knownSec && earlier.length >= warmUp;
  if (!isKnown) return [];
  const most = Math.max(...earlier.map(({ atSec }) => countFrom(earlier, atSec)));
  const knobs = { spanSec, everydayCount: Math.max(everydayCount, times * most) };
  const burst = newBurst(known, after, seen.atSec, knobs);
  if (burst === undefined) return [];
  const atStakeMinor = sumMinor(burst.moments.slice(most).map(({ value }) => value)) ?? 0;
  const total = formatMoney(sumMinor(burst.moments.map(({ value }) => value)) ?? 0, currency);
  return [
    {
      severity: stakeSeverity(atStakeMinor, currency),
      severityReason: `${formatMoney(atStakeMinor, currency)} of it is beyond the customer's busiest day so far.`,
      summary:
        `${customerLabel(event)} was charged ${burst.moments.length} times within 24 hours, ${total} together; ` +
        `never before more than ${most === 1 ? 'once' : `${most} times`}.`,
      headline: `charged ${burst.moments.length} times within 24 hours, ${total} together`,
      ...burstMeasures(burst, currency, 'payments within 24 hours'),
      expected: { low: 0, high: most },
      rule:
        `Payments are flagged when there are more than ${everydayCount} within 24 hours, and more than ${times} times ` +
        'the most of any 24 hours before. A payment that was tried again counts once, and so do equal ones within minutes.',
      atStakeMinor,
      money: chargeMoneyState(event.charge),
    },
  ];
}

function countFrom(moments: readonly Moment[], fromSec: number): number {
  return moments.filter(({ atSec }) => atSec >= fromSec && atSec <= fromSec + spanSec).length;
}

/**
 * Without the second of two equal charges within minutes, which duplicate-charge reports; and without those for
 * invoices that have been open for longer than a day: someone settles them all.
 */
function purchases(charges: Series, invoices: Series): readonly Moment[] {
  const isArrears = (charge: Observation) =>
    invoices.some((invoice) => matchesPayment(charge, invoice) && invoice.atSec < charge.atSec - spanSec);
  return charges.filter((charge, index) => {
    const isAgain = ({ value, atSec }: Observation) =>
      value === charge.value && charge.atSec - atSec <= gapSec;
    return !charges.slice(0, index).some(isAgain) && !isArrears(charge);
  });
}

export const examples: Examples = () => {
  const at = (day: number, hour: number) => monthAtSec(0) + day * daySec + hour * hourSec;
  const charge = (day: number, hour: number, changes: object = {}) =>
    exampleCharge(0, 2_000 + hour * 100, {
      id: `ch_${day}_${hour}`,
      createdAtSec: at(day, hour),
      ...changes,
    });
  const weekly = [0, 7, 14, 21, 28].map((day) => charge(day, 12));
  const today = [8, 9, 10, 11, 12, 13].map((hour) => charge(35, hour));
  return {
    fires: [
      {
        name: 'a seventh payment within a day, of a customer who pays once',
        history: [...weekly, ...today],
        event: charge(35, 14),
      },
      {
        name: 'the same, when an earlier one of the day arrives last',
        history: [...weekly, ...today.slice(1), charge(35, 14)],
        event: charge(35, 8),
      },
    ],
    quiet: [
      {
        name: 'a sixth payment within a day',
        history: [...weekly, ...today.slice(1)],
        event: charge(35, 14),
      },
      {
        name: 'an eighth: said already',
        history: [...weekly, ...today, charge(35, 14)],
        event: charge(35, 15),
      },
      {
        name: 'a customer who has paid three times in a day before',
        history: [...weekly, charge(28, 13), charge(28, 14), ...today],
        event: charge(35, 14),
      },
      { name: 'a new customer', history: today, event: charge(35, 14) },
      {
        name: 'equal payments within minutes, which duplicate-charge says',
        history: [
          ...weekly,
          ...[0, 1, 2, 3, 4, 5].map((minute) =>
            charge(35, 8, { id: `ch_again_${minute}`, createdAtSec: at(35, 8) + minute * 60 }),
          ),
        ],
        event: charge(35, 8, { id: 'ch_again_6', createdAtSec: at(35, 8) + 360 }),
      },
      {
        name: 'open invoices of the past months, settled in one day',
        history: [
          ...weekly,
          ...[8, 9, 10, 11, 12, 13, 14].map((hour) =>
            exampleInvoice(0, 2_000 + hour * 100, { id: `in_${hour}`, createdAtSec: at(20, hour) }),
          ),
          ...today,
        ],
        event: charge(35, 14),
      },
      {
        name: 'a payment that failed six times before it succeeded',
        history: [
          ...weekly,
          ...[8, 9, 10, 11, 12, 13].map((hour) =>
            exampleCharge(0, 2_000, { id: `ch_failed_${hour}`, createdAtSec: at(35, hour) }, 'charge_failed'),
          ),
        ],
        event: charge(35, 14),
      },
    ],
  };
};
