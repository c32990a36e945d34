import { poissonAtMost } from '../../../lib/stats/poisson-at-most.ts';

it.each([
  [0, 4.6, 0.01005],
  [3, 10, 0.01034],
  [10, 10, 0.58304],
  [0, 0, 1],
  [5, 0, 1],
  [0, 1e6, 0],
  [1_000, 1_000, 0.50841],
])('is the chance of at most %i where %d are usual', (count, mean, chance) => {
  expect(poissonAtMost(count, mean)).toBeCloseTo(chance, 5);
});
