import { billedUnit } from '../../../../lib/domain/record/billed-unit.ts';

it.each([
  ['known in the currency of the subscription', 'usd', 'usd', '4900'],
  ['unknown in another one', 'usd', 'eur', null],
  ['unknown where the price names none', null, 'eur', null],
])('is %s', (_name, currency, billedIn, unit) => {
  expect(billedUnit({ unitAmountMinor: '4900', currency }, { currency: billedIn })).toBe(unit);
});

it('is unknown of tiers', () => {
  expect(billedUnit({ unitAmountMinor: null, currency: 'usd' }, { currency: 'usd' })).toBeNull();
});
