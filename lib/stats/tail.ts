import { quantile } from './quantile.ts';

/** The upper end of a distribution: beyond it, each `slope` further is e times as rare. */
export interface Tail {
  /** So far up ... */
  readonly value: number;
  /** ... is this share of all. */
  readonly share: number;
  readonly slope: number;
}

const least = 100; //     independent values; of fewer nothing can be said of their tail
const rarest = 0.01; //   share of the upper point: true errors are rarer, so that they do not set it
const leastAbove = 5; //  of them above the upper point, at least, or chance sets it
const widening = 5; //    times as many lie above the lower point

/**
 * The tail as an exponential through two quantiles, one in a hundred and one in twenty (nearer to the middle when there
 * are few values). On a log scale that is the tail of incomes and purchases (Pareto); of normal values it asks for
 * somewhat more than needed, never for less. The very largest values, which may be errors, do not matter.
 * @param independent how many of the values say something of their own: those of one customer resemble each other
 * @returns undefined of fewer than 100 independent values
 */
export function tailOf(values: readonly number[], independent: number): Tail | undefined {
  if (independent < least) return undefined;
  const sorted = new Float64Array(values).sort();
  const share = Math.max(rarest, leastAbove / independent);
  const value = quantile(sorted, 1 - share);
  const lower = quantile(sorted, 1 - widening * share);
  return { value, share, slope: (value - lower) / Math.log(widening) };
}

/**
 * The value that only `share` of all lie above.
 * @example tailQuantile({ value: 2, share: 0.01, slope: 1 }, 0.01 / Math.E) // 3
 */
export function tailQuantile(tail: Tail, share: number): number {
  return tail.value + tail.slope * Math.max(0, Math.log(tail.share / share));
}
