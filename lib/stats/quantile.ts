/**
 * The value that a share of the others lies below.
 * @param sorted ascending; NaN of none
 * @example quantile([1, 2, 3, 4], 0.5) // 3
 */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
