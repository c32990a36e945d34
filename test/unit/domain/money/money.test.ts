import fc from 'fast-check';
import { approximateUsd } from '../../../../lib/domain/money/approximate-usd.ts';
import {
  formatMoney,
  formatUnitPrice,
  minorExponent,
  minorStep,
  toDecimalString,
} from '../../../../lib/domain/money/money.ts';

it.each([
  [412_000, 'usd', '$4,120.00'],
  [50_000, 'jpy', '¥50,000'],
  [1_234_567, 'kwd', 'KWD 1,234.567'],
  [-5, 'usd', '-$0.05'],
  [100, 'isk', 'ISK 1.00'], // two decimals on Stripe's API, none in Intl
  [100, 'ugx', 'UGX 1.00'],
  [100, 'huf', 'HUF 1.00'],
  [0, 'eur', '€0.00'],
])('%i minor units of %s are %s', (amountMinor, currency, text) => {
  expect(formatMoney(amountMinor, currency).replaceAll('\u00a0', ' ')).toBe(text);
});

it.each([
  [2_900, 'usd', '$29.00'],
  [0.5, 'usd', '$0.005'],
  [Number.MAX_SAFE_INTEGER, 'usd', '$90,071,992,547,409.91'],
  [13.98, 'eur', '€0.1398'],
  [0.25, 'jpy', '¥0.25'],
])('a price of %d minor units of %s is %s', (unitMinor, currency, text) => {
  expect(formatUnitPrice(unitMinor, currency)).toBe(text);
});

it.each([
  ['usd', 1],
  ['jpy', 1],
  ['huf', 1], // whole in payouts only
  ['isk', 100],
  ['ugx', 100],
  ['bhd', 10],
  ['kwd', 10],
])('of %s nothing smaller than %i minor units can be paid', (currency, step) => {
  expect(minorStep(currency)).toBe(step);
});

it('is exact to the minor unit up to the largest safe integer', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom('usd', 'jpy', 'kwd', 'isk'), (amountMinor, currency) => {
      const digits = formatMoney(amountMinor, currency).replace(/[^\d-]/g, '');
      expect(BigInt(digits)).toBe(BigInt(amountMinor));
      expect(Number(toDecimalString(amountMinor, currency)) * 10 ** minorExponent(currency)).toBeCloseTo(
        amountMinor,
        -3,
      );
    }),
  );
});

it('knows roughly what a dollar is, whatever the exponent', () => {
  expect([approximateUsd(5, 'usd'), approximateUsd(5, 'jpy'), approximateUsd(5, 'kwd')]).toEqual([
    500, 750, 5_000,
  ]);
});
