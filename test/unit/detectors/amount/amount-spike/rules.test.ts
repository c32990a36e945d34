import { judgeAndLearn } from '../../../../../lib/detect/pipeline.ts';
import { amountSpike } from '../../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { stages } from '../../../../../lib/detectors/amount/amount-spike/stages.ts';
import { type Context, plainContext } from '../../../../../lib/detectors/context.ts';
import {
  exampleCharge,
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  exampleUsageInvoice,
  monthly,
} from '../../../../../lib/detectors/examples/example-events.ts';
import { eventDetectors, ruleNames } from '../../../../../lib/detectors/registry.ts';
import {
  type Calibration,
  noCalibration,
  type Population,
} from '../../../../../lib/domain/account/calibration.ts';
import type { BillingEvent, InvoiceEvent } from '../../../../../lib/domain/events/billing-event.ts';
import { objectHash } from '../../../../../lib/domain/events/object-hash.ts';
import { emptyRecord } from '../../../../../lib/domain/record/customer-record.ts';
import { judgeObservations } from '../../../../../lib/domain/record/judge-observations.ts';
import { examplesOf } from '../../../../fixtures/examples-of.ts';

interface Case {
  readonly name: string;
  readonly history: readonly BillingEvent[];
  readonly event: BillingEvent;
  /** An invoice that a person called expected. */
  readonly expected?: string;
  readonly calibration?: Partial<Calibration>;
}

const rules = Object.values(stages).flatMap((stage) => stage.map(({ name }) => name));

/** How many findings there are with such rules left out. */
function findings({ history, event, expected, calibration }: Case, ...without: readonly string[]): number {
  const known = history.reduce((before, past) => judgeAndLearn(past, before, []).record, emptyRecord);
  const record = expected === undefined ? known : judgeObservations(known, 'invoices', expected, 'expected');
  const context: Context = {
    ...plainContext,
    calibration: { ...noCalibration, ...calibration },
    without: new Set(without),
  };
  return amountSpike.judge(event, record, context).length;
}

const flat = [41_000, 41_000, 41_000, 41_000, 41_000, 41_000];
const purchases = [3_000, 9_500, 1_200, 6_000, 2_500, 4_400];
const byHand = (month: number, minor: number) => exampleInvoice(month, minor, { billingReason: 'manual' });
const ofChange = (month: number, minor: number, proration: boolean) =>
  exampleInvoice(month, minor, {
    billingReason: 'subscription_update',
    lines: [exampleLine(month, minor, { proration })],
  });
const seats = (month: number, minor: number, quantity: number) =>
  exampleLine(month, minor, { quantity: String(quantity) });
const withUsage = (month: number, seatsMinor: number, quantity: number, calls: number) => {
  const { lines } = exampleUsageInvoice(month, calls).invoice;
  return exampleInvoice(month, seatsMinor + 2 * calls, {
    lines: [
      seats(month, seatsMinor, quantity),
      ...lines.map((line) => ({ ...line, subscriptionItem: 'si_2' })),
    ],
  });
};
const threeSeats = (changes: Partial<InvoiceEvent> = {}): InvoiceEvent => ({
  ...exampleInvoice(1, 123_000, { lines: [seats(1, 123_000, 3)] }, 'invoice_finalized'),
  ...changes,
});
const tail = (value: number) => ({ value, share: 0.01, slope: 0 });
const population = (changes: Partial<Population> = {}): Population => ({
  centres: { usd: { centre: 8, weight: 0.3 } },
  spread: 0.35,
  shock: 0,
  months: 1,
  tails: [tail(4), tail(4), tail(4), tail(4)],
  ...changes,
});

/** What no detector's own example shows of a rule: each case by the rule. */
const own: Readonly<Record<string, Case>> = {
  'purchases-only': {
    name: 'a purchase as large as the invoices that were paid',
    history: [
      ...monthly(exampleCharge, purchases),
      ...[0, 1, 2, 3, 4, 5].flatMap((month) => [
        exampleInvoice(month, 400_000, { id: `in_large_${month}` }, 'invoice_paid'),
        exampleCharge(month, 400_000, { id: `ch_large_${month}` }),
      ]),
    ],
    event: exampleCharge(6, 390_000),
  },
  'expected-invoices': {
    name: 'a purchase like an invoice that a person called expected',
    history: [...monthly(exampleCharge, flat), byHand(6, 410_000), exampleCharge(6, 410_000)],
    event: exampleCharge(9, 410_000),
    expected: 'in_6',
  },
  'past-unprorated': {
    name: 'the first year’s bill after bills of changes',
    history: [540, 560, 5_600, 530, 550].map((minor, month) => ofChange(month, minor, true)),
    event: ofChange(6, 600_000, false),
  },
  'heavy-tails': {
    name: 'a large purchase of who has bought six times',
    history: monthly(exampleCharge, purchases),
    event: exampleCharge(6, 150_000),
  },
  calibrated: {
    name: 'a second purchase far above the first, where the account knows how purchases vary',
    history: monthly(exampleCharge, [3_000]),
    event: exampleCharge(1, 3_000_000),
    calibration: { amount: population() },
  },
  'common-shift': {
    name: 'a purchase in weeks in which all spend more',
    history: monthly(exampleCharge, [...flat, ...flat]),
    event: exampleCharge(12, 130_000),
    calibration: { amount: population({ shock: 0.5 }) },
  },
  'extreme-amounts': {
    name: 'more than twenty times the largest purchase of an account of any purchases',
    history: monthly(exampleCharge, [...flat, ...flat, ...flat]),
    event: exampleCharge(18, 21 * 41_000),
    calibration: { amount: population({ spread: 1, tails: [tail(9), tail(9), tail(9), tail(9)] }) },
  },
  'catalog-prices': {
    name: 'a plan that others pay, many times the price of the one before',
    history: [
      ...monthly(exampleInvoice, [1_000, 1_000, 1_000, 1_000, 1_000, 1_000]),
      exampleSubscription(6, { price: 'price_max', unitAmountMinor: '500000' }),
    ],
    event: exampleInvoice(6, 500_000, { lines: [exampleLine(6, 500_000, { price: 'price_max' })] }),
    calibration: { prices: [objectHash('price_max')] },
  },
  'partly-planned': {
    name: 'seven seats as set, next to far more usage than ever',
    history: [
      ...[0, 1, 2, 3, 4, 5].map((month) => withUsage(month, 41_000, 1, 500)),
      exampleSubscription(6, { quantity: 7 }),
    ],
    event: withUsage(6, 287_000, 7, 70_000),
  },
  'judged-on-invoice': {
    name: 'the charge of an invoice that has been judged already, after small charges',
    history: [...monthly(exampleCharge, flat), byHand(6, 412_000)],
    event: exampleCharge(6, 412_000),
  },
  'flagged-when-charged': {
    name: 'an invoice that comes after its charge',
    history: monthly(exampleCharge, [...flat, 412_000]),
    event: byHand(6, 412_000),
  },
  'test-clock': {
    name: 'three seats under a test clock',
    history: [exampleInvoice(0, 41_000), exampleSubscription(1)],
    event: threeSeats({ livemode: false, isSimulated: true }),
  },
  'seats-expected': {
    name: 'three seats again, after a person called as much expected',
    history: [exampleInvoice(0, 123_000), exampleSubscription(1)],
    event: threeSeats(),
    expected: 'in_0',
  },
};

const cases: readonly Case[] = [
  ...eventDetectors.flatMap(({ id }) => {
    const { fires, quiet } = examplesOf(id)();
    return [...fires, ...quiet];
  }),
  ...Object.values(own),
];
const asIs = new Map(cases.map((one) => [one, findings(one)]));

it.each(rules)('decides at least one case: left out, %s lets a finding come or go', (rule) => {
  const changed = cases.filter((one) => findings(one, rule) !== asIs.get(one));
  expect(changed.map(({ name }) => name)).not.toEqual([]);
});

it.each(Object.entries(own))('needs a case of its own: %s', (rule, one) => {
  expect([rule, findings(one)]).not.toEqual([rule, findings(one, rule)]);
});

it('names each rule once, and says what it does in a sentence that begins with a verb', () => {
  expect(new Set(rules).size).toBe(rules.length);
  expect(ruleNames).toEqual(rules);
  for (const { does } of Object.values(stages).flat()) expect(does).toMatch(/^[A-Z][a-z]+s .+\.$/);
});
