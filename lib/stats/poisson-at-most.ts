/**
 * How likely a Poisson count is so small, by chance.
 * @example poissonAtMost(0, 4.6) // 0.01
 */
export function poissonAtMost(count: number, mean: number): number {
  let log = -mean; // a term may be smaller than what a number holds, and the sum of them not
  let sum = Math.exp(log);
  for (let one = 1; one <= count; one += 1) {
    log += Math.log(mean / one);
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}
