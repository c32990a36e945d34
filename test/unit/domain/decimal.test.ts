import fc from 'fast-check';
import {
  compare,
  magnitude,
  minus,
  parseDecimal,
  plus,
  roundedQuotient,
  times,
  wholeDecimal,
} from '../../../lib/domain/decimal.ts';

const decimals = fc.record({ units: fc.bigInt(-(10n ** 20n), 10n ** 20n), scale: fc.nat(12) });

it('reads what Stripe writes, exactly', () => {
  expect(parseDecimal('14.561')).toEqual({ units: 14561n, scale: 3 });
  expect(parseDecimal('-0.05')).toEqual({ units: -5n, scale: 2 });
  expect(parseDecimal('7')).toEqual(wholeDecimal(7));
  expect(['', '.5', '1.', '1e3', 'NaN', '+1', ' 1'].map(parseDecimal)).toEqual(Array(7).fill(null));
});

it('computes as fractions do', () => {
  fc.assert(
    fc.property(decimals, decimals, (a, b) => {
      expect(compare(minus(plus(a, b), b), a)).toBe(0);
      expect(times(a, b)).toEqual(times(b, a));
      expect(compare(a, b)).toBe(-compare(b, a) || 0);
      expect(compare(magnitude(a), wholeDecimal(0))).toBeGreaterThanOrEqual(0);
    }),
  );
});

it.each([
  [5, 2, 3],
  [-5, 2, -3],
  [5, -2, -3],
  [4, 3, 1],
  [0, 7, 0],
  [7, 0, null],
  [Number.MAX_SAFE_INTEGER, 1, Number.MAX_SAFE_INTEGER],
])('%d / %d is %d, halves away from zero', (a, b, quotient) => {
  expect(roundedQuotient(wholeDecimal(a), wholeDecimal(b))).toBe(quotient);
});

it('gives no quotient that a number does not hold exactly', () => {
  const tenth = { units: 1n, scale: 1 };
  expect(roundedQuotient(wholeDecimal(Number.MAX_SAFE_INTEGER), tenth)).toBeNull();
  expect(roundedQuotient(wholeDecimal(12), tenth)).toBe(120);
});
