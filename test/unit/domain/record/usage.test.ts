import {
  exampleInvoice,
  exampleLine,
  exampleUsageInvoice,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import { usageByPrice } from '../../../../lib/domain/record/usage.ts';
import { daySec } from '../../../../lib/domain/time.ts';

const metered = {
  metered: true,
  price: 'price_calls',
  periodStartSec: monthAtSec(0),
  periodEndSec: monthAtSec(1),
};

it('adds up the tiers of a price, per day of the billed period', () => {
  const lines = [
    exampleLine(1, 2_000, {
      ...metered,
      quantity: '1000',
      description: '1000 × API calls (Tier 1 at $0.02 / month)',
    }),
    exampleLine(1, 1_500, {
      ...metered,
      quantity: '2000.5',
      description: '2000 × API calls (Tier 2 at $0.01 / month)',
    }),
  ];
  expect(usageByPrice(exampleInvoice(1, 3_500, { lines }).invoice)).toEqual([
    {
      price: 'price_calls',
      description: 'API calls',
      dearestMillionths: 2e9,
      quantity: 3000.5,
      days: 30,
      perDayMilli: 100_017,
      amountMinor: 3_500,
    },
  ]);
});

it.each([
  ['licensed seats', exampleLine(1, 900)],
  ['a proration', exampleLine(1, 900, { ...metered, proration: true })],
  ['a quantity that the event does not say', exampleLine(1, 900, { ...metered, quantity: null })],
  ['a price that the event does not say', exampleLine(1, 900, { ...metered, price: null })],
  ['more than a record holds', exampleLine(1, 900, { ...metered, quantity: '9'.repeat(18) })],
  ['a credit of usage', exampleLine(1, -900, { ...metered, quantity: '-10' })],
])('does not count %s', (_name, line) => {
  expect(usageByPrice(exampleInvoice(1, 900, { lines: [line] }).invoice)).toEqual([]);
});

const usageOf = (...lines: readonly ReturnType<typeof exampleLine>[]) =>
  usageByPrice(exampleInvoice(1, 900, { lines }).invoice);

it.each([
  ['nothing', '0', 0],
  ['the most a record holds', String(30 * 10 ** 12), 10 ** 15],
])('counts %s', (_name, quantity, perDayMilli) => {
  expect(usageOf(exampleLine(1, 900, { ...metered, quantity }))).toMatchObject([{ perDayMilli }]);
});

it('takes what a unit came to where the event does not say its price', () => {
  const line = exampleLine(1, 900, { ...metered, quantity: '450', unitAmountMinor: null });
  expect(usageOf(line)).toMatchObject([{ dearestMillionths: 2_000_000 }]);
});

it('goes from the first start of its lines to their last end', () => {
  const [first, last] = [
    exampleLine(1, 900, { ...metered, quantity: '300', periodEndSec: metered.periodEndSec - 10 * daySec }),
    exampleLine(1, 900, { ...metered, quantity: '300', periodStartSec: metered.periodStartSec + 5 * daySec }),
  ];
  expect(usageOf(first, last)).toMatchObject([{ days: 30, perDayMilli: 20_000 }]);
  expect(usageOf(last, first)).toMatchObject([{ days: 30, perDayMilli: 20_000 }]);
});

it('says nothing of usage when Stripe cut the lines', () => {
  expect(usageByPrice({ ...exampleUsageInvoice(1, 1_000).invoice, linesComplete: false })).toEqual([]);
});
