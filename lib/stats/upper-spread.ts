import { median } from './median.ts';

const share = 0.9;
/** The 0.9 quantile of the standard normal distribution. */
const quantile = 1.2815515655446004;

/**
 * The standard deviation that the upper half suggests: how far the 0.9 quantile lies above the median, the very
 * largest value left out. Purchases have a long upper tail even on the log scale, which a spread that looks at both
 * sides alike (the MAD) does not see; and one outlier can't move it.
 * @returns 0 of fewer than two values
 * @example upperSpread([1, 1, 1, 1, 100]) // 0
 */
export function upperSpread(values: readonly number[], centre = median(values)): number {
  const sorted = new Float64Array(values).sort().slice(0, -1);
  const high = sorted[Math.floor(share * (sorted.length - 1))];
  return high === undefined ? 0 : Math.max(0, (high - centre) / quantile);
}
