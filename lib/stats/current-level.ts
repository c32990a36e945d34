import { median } from './median.ts';

/** So many alike in a row are a new level, not outliers. */
const alikeInARow = 3;
/** ln(1.5): nearer levels are one level. */
const farOnLogScale = Math.log(1.5);

/**
 * The values since the last change of level: when the newest three are near each other and far from the middle of
 * all before them, only the newest run counts. Otherwise all of them.
 * @param logs natural logarithms, oldest first
 * @returns a suffix of `logs`, empty only when `logs` is
 * @example currentLevel([0, 0, 0, 2, 2, 2]) // [2, 2, 2]
 * @example currentLevel([0, 0, 0, 0, 2, 2]) // all six: two are not a level yet
 */
export function currentLevel(logs: readonly number[]): readonly number[] {
  if (logs.length <= alikeInARow) return logs;
  const newest = logs.slice(-alikeInARow);
  const [level, before] = [median(newest), median(logs.slice(0, -alikeInARow))];
  const isNew = (log: number): boolean => Math.abs(log - level) < Math.abs(log - before);
  const isFar = Math.abs(level - before) > farOnLogScale;
  return isFar && newest.every(isNew) ? logs.slice(logs.findLastIndex((log) => !isNew(log)) + 1) : logs;
}
