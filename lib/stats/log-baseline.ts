import type { LogLevel } from './log-level.ts';

/** What is expected before a history has been seen, on the log scale. */
export interface LogPrior {
  readonly centre: number;
  /** How many observations the centre is worth; 0: nothing is known of it. */
  readonly weight: number;
  /** A standard deviation. */
  readonly spread: number;
}

/**
 * Before it has been seen, a quantity is taken to vary by 35 % (ln scale): wide enough that five equal payments
 * do not make a customer's second plan a spike, and outweighed after a dozen observations.
 */
export const unknownSpread = 0.35;
const priorWeight = 4; // observations that the prior's spread is worth

/** Degrees of freedom of the spread: what the prior and the values are worth, less the centre. */
export function freedomOf({ count }: Pick<LogLevel, 'count'>): number {
  return priorWeight + count - 1;
}

const noPrior: LogPrior = { centre: 0, weight: 0, spread: unknownSpread };

/**
 * What to expect of the next value: centre and standard deviation of its logarithm. Both are shrunk to the prior while
 * the history is short; the spread is widened by sqrt(1 + 1/n), because the next value is compared with an estimated
 * centre.
 * @param level of at least one value, or the prior's weight must not be 0
 * @example logBaseline({ centre: Math.log(100), spread: 0, count: 5 }).spread // 0.26
 */
export function logBaseline(level: LogLevel, prior: LogPrior = noPrior): { centre: number; spread: number } {
  const weight = prior.weight + level.count;
  const centre = (prior.weight * prior.centre + level.count * level.centre) / weight;
  const variance =
    (priorWeight * prior.spread ** 2 + level.count * level.spread ** 2) / (priorWeight + level.count);
  return { centre, spread: Math.sqrt(variance * (1 + 1 / weight)) };
}
