/**
 * As rare as so many standard deviations, when the deviation itself is only estimated: Student's t by the expansion of
 * Cornish and Fisher (Abramowitz and Stegun, 26.7.5), good to a twentieth from 6 degrees of freedom and 4 sigmas on.
 * @param sigmas of a normal distribution
 * @param freedom degrees of it: how many observations the estimate rests on, less one
 * @example studentSigmas(4, 8) // 7.5
 */
export function studentSigmas(sigmas: number, freedom: number): number {
  const [z, z3, z5, z7] = [sigmas, sigmas ** 3, sigmas ** 5, sigmas ** 7];
  return (
    z +
    (z3 + z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3)
  );
}
