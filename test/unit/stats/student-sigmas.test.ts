import { studentSigmas } from '../../../lib/stats/student-sigmas.ts';

// The upper 0.1 % and 0.5 % of Student's t, from printed tables.
it.each([
  [3.0902, 10, 4.144],
  [3.0902, 30, 3.385],
  [2.5758, 10, 3.169],
  [2.5758, 20, 2.845],
])('%d normal deviations are with %i degrees of freedom %d', (sigmas, freedom, expected) => {
  expect(studentSigmas(sigmas, freedom)).toBeCloseTo(expected, 1);
});

it('comes to the normal distribution as more is known', () => {
  expect(studentSigmas(4, 1e6)).toBeCloseTo(4, 4);
  expect(studentSigmas(4, 8)).toBeCloseTo(7.5, 1);
});

it.each([
  [1, 1, 1 + 2 / 4 + 24 / 96 + 24 / 384],
  [2, 1, 2 + 10 / 4 + 294 / 96 + 1_098 / 384],
])('has the terms of the expansion, for %d deviations and %i degree', (sigmas, freedom, expected) => {
  expect(studentSigmas(sigmas, freedom)).toBeCloseTo(expected, 12);
});
