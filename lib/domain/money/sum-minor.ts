/**
 * The exact sum of minor units, or null: when one of them is not known, or on the way the sum exceeds what a number
 * holds exactly.
 * @example sumMinor([1200, -200]) // 1000, sumMinor([1200, null]) // null
 */
export function sumMinor(amounts: Iterable<number | null>): number | null {
  let sum = 0;
  for (const amount of amounts) {
    if (amount === null) return null;
    sum += amount;
    if (!Number.isSafeInteger(sum)) return null;
  }
  return sum;
}
