import fc from 'fast-check';
import {
  parseDecimal,
  plus,
  roundedProduct,
  roundedQuotient,
  times,
  wholeDecimal,
} from '../../../../lib/domain/money/decimal.ts';

const integers = fc.integer({ min: -1_000_000, max: 1_000_000 });
const scaled = (integer: number, scale: number) => ({ units: BigInt(integer) * 10n ** BigInt(scale), scale });

it('reads what Stripe writes, exactly', () => {
  expect(parseDecimal('14.561')).toEqual({ units: 14561n, scale: 3 });
  expect(parseDecimal('-0.05')).toEqual({ units: -5n, scale: 2 });
  expect(parseDecimal('7')).toEqual(wholeDecimal(7));
  expect(['', '.5', '1.', '1e3', 'NaN', '+1', ' 1'].map(parseDecimal)).toEqual(Array(7).fill(null));
});

it('computes as integers do, at any scale', () => {
  fc.assert(
    fc.property(integers, integers, fc.nat(12), fc.nat(12), (a, b, scaleOfA, scaleOfB) => {
      const [x, y] = [scaled(a, scaleOfA), scaled(b, scaleOfB)];
      expect(roundedQuotient(plus(x, y))).toBe(a + b);
      expect(roundedQuotient(times(x, y))).toBe(a * b + 0); // + 0: there is no -0 among decimals
    }),
  );
});

it('rounds what it divides by nothing', () => {
  expect(
    ['14.561', '-2.5', '0.4'].map((text) => roundedQuotient(parseDecimal(text) ?? wholeDecimal(9))),
  ).toEqual([15, -3, 0]);
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

it('multiplies decimals as text to the same integer as exactly, however large or fine', () => {
  const texts = fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.nat(8), fc.integer({ min: 0, max: 17 }))
    .map(([isNegative, units, places, digits]) => {
      const whole = String(units).slice(0, digits + 1);
      const fraction = String(units).padStart(8, '0').slice(0, places);
      return `${isNegative ? '-' : ''}${whole}${places === 0 ? '' : `.${fraction}`}`;
    });
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const [x, y] = [parseDecimal(a), parseDecimal(b)];
      expect(roundedProduct(a, b)).toBe(x && y && roundedQuotient(times(x, y)));
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  ['3', '0.5', 2],
  ['5', '0.1', 1],
  ['4', '0.1', 0],
  ['0', '12.75', 0],
  ['-3', '0.5', -2],
  ['9007199254740991', '1', Number.MAX_SAFE_INTEGER],
  ['9007199254740993', '1', null],
  ['100000.000000000001', '10', 1_000_000],
  ['1e3', '1', null],
  ['', '1', null],
])('%s x %s is %d', (a, b, product) => {
  expect(roundedProduct(a, b)).toBe(product);
  expect(roundedProduct(b, a)).toBe(product);
});
