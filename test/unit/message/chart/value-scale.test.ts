import fc from 'fast-check';
import type { Measure } from '../../../../lib/domain/finding/finding.ts';
import { valueScale } from '../../../../lib/message/chart/value-scale.ts';
import { axisWords } from '../../../../lib/message/text/axis-words.ts';

const money = (currency: string): Measure => ({ kind: 'money', currency, what: '' });
const quantity: Measure = { kind: 'quantity', unit: 'a day', what: '' };

it.each([
  ['a spike of 10 times from zero', [41_000, 412_000], 49_200, [0, 200_000, 400_000], undefined],
  ['100 times on powers of ten', [5_539, 553_945], 13_054, [1_000, 10_000, 100_000], 10],
  ['100,000 times on every hundredth', [1, 100_000], 1, [1, 100, 10_000], 100],
  ['what was zero from zero, as nothing is a power of ten', [0, 5_000], 10, [0, 2_000, 4_000], undefined],
  ['a credit below zero', [2_900, -2_900], 8_061, [-2_000, 0, 2_000], undefined],
  ['a few of what can be counted by ones', [0, 3], 1, [0, 1, 2, 3], undefined],
  ['nothing at all', [0], 0, [0], undefined],
])('draws %s', (_name, values, usualTop, ticks, timesEach) => {
  expect(valueScale({ values, usualTop, step: 1 })).toMatchObject({ ticks, timesEach });
});

it('has room for every value, higher for more, with two to six ticks', () => {
  const values = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000_000 }), { minLength: 2 });
  fc.assert(
    fc.property(values, fc.nat(100_000), fc.constantFrom(1, 10, 100), (values, usualTop, step) => {
      const scale = valueScale({ values, usualTop, step });
      const heights = values.toSorted((a, b) => a - b).map(scale.heightOf);
      expect(heights).toEqual(heights.toSorted((a, b) => a - b));
      const all = [...heights, ...scale.ticks.map(scale.heightOf)];
      expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...all)).toBeLessThanOrEqual(1);
      expect(scale.ticks.length).toBeLessThanOrEqual(6);
    }),
  );
});

it.each([
  [[0, 200_000, 400_000], money('usd'), ['$0', '$2,000', '$4,000']],
  [[0, 50, 100], money('usd'), ['$0', '$0.50', '$1']],
  [[-2_000, 0], money('usd'), ['−$20', '$0']],
  [[10_000, 100_000, 1_000_000], money('jpy'), ['¥10K', '¥100K', '¥1M']],
  [[0, 2_500], money('kwd'), ['KWD 0', 'KWD 2.500']],
  [[0, 100], money('isk'), ['ISK 0', 'ISK 1']],
  [[0, 2_000], quantity, ['0', '2,000']],
  [[0, 0.2, 3 * 0.2], quantity, ['0', '0.2', '0.6']],
])('writes the ticks %p of %p as %p', (ticks, measure, words) => {
  expect(axisWords(ticks, measure).map((word) => word.replaceAll('\u00a0', ' '))).toEqual(words);
});
