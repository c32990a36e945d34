import { currentLevel } from './current-level.ts';
import { median } from './median.ts';
import { medianAbsoluteDeviation } from './median-absolute-deviation.ts';
import { upperSpread } from './upper-spread.ts';

export interface LogBaseline {
  /** Typical value, in the values' own unit. */
  readonly typical: number;
  /** Robust standard deviation of ln(value), widened for a short history. */
  readonly spread: number;
  /** How many values of the present level it rests on. */
  readonly count: number;
}

/**
 * Before it has been seen, a quantity is taken to vary by 35 % (ln scale): wide enough that five equal payments
 * do not make a customer's second plan a spike, and outweighed after a dozen observations.
 */
const priorSpread = 0.35;
const priorWeight = 4;

/**
 * What is usual, from a history in order of time: the centre and spread of the present level, on the log scale
 * because money varies by factors; both robust, so that an outlier in the history changes nothing. The spread is the
 * larger of what both sides and what the upper tail suggest.
 * The spread is shrunk to a prior while the history is short, and widened by sqrt(1 + 1/n) because the next value
 * is compared with an estimated centre.
 * @param values positive, oldest first
 * @example logBaseline([100, 100, 100, 100, 100]) // typical 100, spread 0.26, count 5
 */
export function logBaseline(values: readonly number[]): LogBaseline {
  const logs = currentLevel(values.map(Math.log));
  const count = logs.length;
  const seen = Math.max(medianAbsoluteDeviation(logs), upperSpread(logs));
  const variance = (priorWeight * priorSpread ** 2 + count * seen ** 2) / (priorWeight + count);
  return { typical: Math.exp(median(logs)), spread: Math.sqrt(variance * (1 + 1 / count)), count };
}
