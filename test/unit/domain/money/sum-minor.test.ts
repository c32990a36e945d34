import { sumMinor } from '../../../../lib/domain/money/sum-minor.ts';

it.each([
  ['all', [1_200, -200, 5], 1_005],
  ['none', [], 0],
  ['one that is not known', [1_200, null, 5], null],
  ['what no number holds exactly', [Number.MAX_SAFE_INTEGER, 1], null],
  [
    'what no number holds exactly on the way, though the end is near',
    [Number.MAX_SAFE_INTEGER, 1, -1_000],
    null,
  ],
])('of %s', (_name, amounts, sum) => {
  expect(sumMinor(amounts)).toBe(sum);
});
