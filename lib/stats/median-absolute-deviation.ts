import { median } from './median.ts';

/** For normal data 1.4826 x MAD estimates the standard deviation: 1 / quantile(3/4) of the normal distribution. */
const consistency = 1.4826022185056018;

/**
 * A standard deviation that up to half the values can't move: 1.4826 x median(|x - median|).
 * Source: Rousseeuw & Croux 1993, doi:10.1080/01621459.1993.10476408
 * @example medianAbsoluteDeviation([1, 2, 3, 4, 100]) // 1.4826
 */
export function medianAbsoluteDeviation(values: readonly number[], centre = median(values)): number {
  return consistency * median(values.map((value) => Math.abs(value - centre)));
}
