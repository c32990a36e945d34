import { quantityWords } from '../../../../lib/domain/money/quantity-words.ts';

it.each([
  [12.345678, undefined, '12.346'],
  [12.345678, 'floor', '12.345'],
  [12.345611, 'ceil', '12.346'],
  [1_234_567, undefined, '1,234,567'],
  [0, undefined, '0'],
  [9_999.96, undefined, '10,000'],
  [9_999.94, undefined, '9,999.9'],
  [10_000.4, 'ceil', '10,001'],
  [-123_456.7, undefined, '-123,457'],
] as const)('%d is written, rounded as %s, %s', (value, rounding, words) => {
  expect(quantityWords(value, rounding)).toBe(words);
});
