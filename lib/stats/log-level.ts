import { currentLevel } from './current-level.ts';
import { median } from './median.ts';
import { medianAbsoluteDeviation } from './median-absolute-deviation.ts';
import { upperSpread } from './upper-spread.ts';

/** Where a history stands on the log scale, by itself alone. */
export interface LogLevel {
  /** Median of ln(value); 0 of none. */
  readonly centre: number;
  /** Robust standard deviation of ln(value): the larger of what both sides and what the upper tail suggest. */
  readonly spread: number;
  /** How many values of the present level it rests on. */
  readonly count: number;
}

/**
 * Centre and spread of the present level, on the log scale because money varies by factors; both robust, so that an
 * outlier in the history changes nothing.
 * @param values positive, oldest first
 * @example logLevel([100, 100, 100]) // { centre: Math.log(100), spread: 0, count: 3 }
 */
export function logLevel(values: readonly number[]): LogLevel {
  const logs = currentLevel(values.map(Math.log));
  if (logs.length === 0) return { centre: 0, spread: 0, count: 0 };
  const centre = median(logs);
  const spread = Math.max(medianAbsoluteDeviation(logs, centre), upperSpread(logs, centre));
  return { centre, spread, count: logs.length };
}
