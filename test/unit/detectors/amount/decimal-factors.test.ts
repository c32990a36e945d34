import fc from 'fast-check';
import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { decimalShift } from '../../../../lib/detectors/amount/decimal-shift.ts';
import { plainContext } from '../../../../lib/detectors/context.ts';
import {
  exampleCharge,
  exampleInvoice,
  exampleLine,
  exampleRefund,
  exampleSubscription,
  monthAtSec,
  monthly,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { objectHash } from '../../../../lib/domain/events/object-hash.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

/** What is said of an event after a history; of an account where others pay these prices. */
function findingsAfter(
  history: readonly BillingEvent[],
  event: BillingEvent,
  prices: readonly string[] = [],
) {
  const record = history.reduce((before, one) => judgeAndLearn(one, before, []).record, emptyRecord);
  const calibration = { ...plainContext.calibration, prices: prices.map(objectHash) };
  return judgeAndLearn(event, record, [decimalShift], { ...plainContext, calibration }).findings;
}

function afterEqual(count: number, usualMinor: number, amountMinor: number, currency: string) {
  const charge = (month: number, minor: number) => exampleCharge(month, minor, { currency });
  return findingsAfter(monthly(charge, Array<number>(count).fill(usualMinor)), charge(count, amountMinor));
}

const zeroDecimal = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const twoDecimal = ['usd', 'eur', 'gbp', 'isk', 'ugx', 'huf', 'twd'];
const threeDecimal = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];

/** Amounts with two digits to know them by, large enough in any currency that a tenth is worth a minute. */
const digits = fc.integer({ min: 11, max: 99 }).filter((number) => number % 10 !== 0);

describe.each([
  [zeroDecimal, [100], [10, 1_000]],
  [twoDecimal, [100], [10, 1_000]],
  [threeDecimal, [10, 100, 1_000], [10_000]],
])('of %p', (currencies, factors, others) => {
  it('a wrong number of decimals is reported, up and down', () => {
    const property = fc.property(
      fc.constantFrom(...currencies),
      fc.constantFrom(...factors),
      digits,
      (currency, factor, number) => {
        const [low, high] = [number * 10 ** 5, number * 10 ** 5 * factor];
        expect(afterEqual(5, low, high, currency)).toMatchObject([{ actual: high, typical: low }]);
        expect(afterEqual(5, high, low, currency)).toMatchObject([{ actual: low, typical: high }]);
        expect(afterEqual(5, low, high + 10, currency)).toEqual([]);
        expect(afterEqual(5, high, low + 10, currency)).toEqual([]);
      },
    );
    fc.assert(property);
  });

  it('another factor is no wrong number of decimals', () => {
    const property = fc.property(
      fc.constantFrom(...currencies),
      fc.constantFrom(...others),
      digits,
      (currency, factor, number) => {
        const [low, high] = [number * 10 ** 4, number * 10 ** 4 * factor];
        expect(afterEqual(5, low, high, currency)).toEqual([]);
        expect(afterEqual(5, high, low, currency)).toEqual([]);
      },
    );
    fc.assert(property);
  });
});

it('reports a tenth in words that the customer’s finance people know', () => {
  const [found] = afterEqual(6, 18_600, 1_860, 'kwd');
  expect(found?.summary).toMatch(/exactly a tenth of the earlier KWD\s18\.600/);
  expect(found).toMatchObject({ severity: 'medium', atStakeMinor: 16_740, boundary: null });
});

it.each([
  ['a tenth', 3, 18_600, 1_860],
  ['a hundredth', 2, 18_600, 186],
  ['ten times', 5, 18_600, 186_000],
  ['a hundred times', 2, 18_600, 1_860_000],
])('reports %s from so many equal payments on, and not before', (_name, least, usualMinor, amountMinor) => {
  expect(afterEqual(least, usualMinor, amountMinor, 'kwd')).toHaveLength(1);
  expect(afterEqual(least - 1, usualMinor, amountMinor, 'kwd')).toEqual([]);
});

const kwd = { currency: 'kwd' };
const charge = (month: number, minor: number) => exampleCharge(month, minor, kwd);
const bill = (month: number, minor: number, quantity = '1', price = 'price_pro') =>
  exampleInvoice(month, minor, { ...kwd, lines: [exampleLine(month, minor, { quantity, price })] });
const plan = (month: number, unitAmountMinor: string, quantity: number, price = 'price_pro') =>
  exampleSubscription(month, { ...kwd, unitAmountMinor, quantity, price });
const months = (count: number) => Array.from({ length: count }, (_, month) => month);
const tens = months(6).flatMap((month) => [plan(month, '4900', 10), bill(month, 49_000, '10')]);
const ones = months(6).flatMap((month) => [plan(month, '4900', 1), bill(month, 4_900)]);

it.each<[string, readonly BillingEvent[], BillingEvent]>([
  ['ten seats after one', ones, bill(6, 49_000, '10')],
  ['one seat after ten', [...tens, plan(6, '4900', 1)], bill(6, 4_900)],
  ['ten one-off items after one', months(6).map((month) => bill(month, 4_900)), bill(6, 49_000, '10')],
  [
    'a year after months, each among its like',
    ones,
    exampleInvoice(6, 49_000, { ...kwd, lines: [exampleLine(6, 49_000, { periodEndSec: monthAtSec(18) })] }),
  ],
  [
    'a large order among small ones, as bought before',
    monthly(charge, [4_900, 49_000, 4_900, 4_900, 4_900, 4_900, 4_900]),
    charge(7, 49_000),
  ],
  ['a round sum', monthly(charge, [5_000, 5_000, 5_000, 5_000, 5_000]), charge(5, 50_000)],
  [
    'a tenth, of the charge of an invoice',
    [...monthly(charge, [18_600, 18_600, 18_600]), bill(3, 1_860)],
    charge(3, 1_860),
  ],
])('is quiet at %s', (_name, history, event) => {
  expect(findingsAfter(history, event)).toEqual([]);
});

const cheaper = [
  ...months(5).flatMap((month) => [plan(month, '49000', 1), bill(month, 49_000)]),
  plan(5, '4900', 1, 'price_mini'),
];

it('takes a price at a tenth for a mistake, unless others pay it', () => {
  const event = bill(5, 4_900, '1', 'price_mini');
  expect(findingsAfter(cheaper, event)).toMatchObject([{ detector: 'decimal-shift', typical: 49_000 }]);
  expect(findingsAfter(cheaper, event, ['price_mini'])).toEqual([]);
});

it('reports a second tenth after the first was refunded', () => {
  const history = [
    ...monthly(charge, [1_860, 1_860, 1_860, 1_860, 1_860, 18_600]),
    {
      ...exampleRefund(5, 18_600, 5, 86_400),
      charge: { ...charge(5, 18_600).charge, amountRefundedMinor: 18_600 },
    },
    ...monthly(charge, [0, 0, 0, 0, 0, 0, 1_860, 1_860, 1_860, 1_860, 1_860]).slice(6),
  ];
  expect(findingsAfter(history, charge(11, 18_600))).toHaveLength(1);
});
