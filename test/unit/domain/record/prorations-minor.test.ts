import { exampleLine } from '../../../../lib/detectors/examples/example-events.ts';
import { prorationsMinor, unproratedMinor } from '../../../../lib/domain/record/prorations-minor.ts';

const proration = (amountMinor: number) => exampleLine(1, amountMinor, { proration: true });

it('adds up prorations, and nothing else', () => {
  const lines = [
    proration(500),
    exampleLine(1, 900),
    proration(-200),
    exampleLine(1, 70, { proration: null }),
  ];
  expect(prorationsMinor({ lines })).toBe(300);
});

const tax = { rate: 'txr_1', reason: null, taxableMinor: 500, percentage: null };
const added = { ...tax, amountMinor: 100, inclusive: false };
const discount = { amountMinor: 50, discount: 'di_1' };

it.each([
  ['less its discounts', { discounts: [discount, { ...discount, amountMinor: 20 }] }, 430],
  ['with the taxes that are added', { taxes: [added, { ...added, amountMinor: 5 }] }, 605],
  ['without those it includes', { taxes: [added, { ...added, inclusive: true }] }, 600],
  ['with both', { discounts: [discount], taxes: [added] }, 550],
  ['alone where neither is known', { discounts: null, taxes: null }, 500],
])('counts what is owed for a proration: its amount %s', (_name, changes, owed) => {
  expect(prorationsMinor({ lines: [{ ...proration(500), ...changes }] })).toBe(owed);
});

it.each([
  ['leaves the rest', 1_200, [proration(300), exampleLine(1, 900)], 900],
  ['leaves more where more was given back', 600, [proration(-300), exampleLine(1, 900)], 900],
  ['leaves nothing where nothing is due', 0, [proration(-900), exampleLine(1, 900)], 0],
  ['leaves no less than nothing', 100, [proration(300)], 0],
  ['leaves no more than a record holds', 10 ** 15, [proration(-1)], 10 ** 15],
])('%s', (_name, amountDueMinor, lines, rest) => {
  expect(unproratedMinor({ amountDueMinor, lines })).toBe(rest);
});
