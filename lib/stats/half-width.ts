import { quantile } from './quantile.ts';

/**
 * A standard deviation from the middle 68 %: half the way between the quantiles .16 and .84, which are one standard
 * deviation below and above the mean of normal data. A sixth of the values may be anything.
 * @example halfWidth([-1, 0, 1]) // 1
 */
export function halfWidth(values: readonly number[]): number {
  const sorted = new Float64Array(values).sort();
  return (quantile(sorted, 0.84) - quantile(sorted, 0.16)) / 2;
}
