import { median } from './median.ts';

/** So many alike in a row are a new level, not outliers; a low run must last longer, as it makes the usual a spike. */
const alikeInARow = { up: 3, down: 6 };
/** ln(1.5): nearer levels are one level. */
const farOnLogScale = Math.log(1.5);

/**
 * The values since the last change of level: when the newest few are near each other and far from the middle of all
 * before them, only the newest run counts. Otherwise all of them.
 * @param logs natural logarithms, oldest first
 * @returns a suffix of `logs`, empty only when `logs` is
 * @example currentLevel([0, 0, 0, 2, 2, 2]) // [2, 2, 2]
 * @example currentLevel([0, 0, 0, 0, 2, 2]).length // 6: two are not a level yet
 */
export function currentLevel(logs: readonly number[]): readonly number[] {
  if (Math.max(...logs) - Math.min(...logs) <= farOnLogScale) return logs; // as most histories are: no medians needed
  const up = newestRun(logs, alikeInARow.up);
  if (up !== undefined && up.shift > 0) return up.run;
  const down = newestRun(logs, alikeInARow.down);
  return down !== undefined && down.shift < 0 ? down.run : logs;
}

/** The run of a new level that the newest `count` values belong to, and how far it lies from what was before. */
function newestRun(
  logs: readonly number[],
  count: number,
): { run: readonly number[]; shift: number } | undefined {
  if (logs.length <= count) return;
  const newest = logs.slice(-count);
  const [level, before] = [median(newest), median(logs.slice(0, -count))];
  const isNew = (log: number): boolean => Math.abs(log - level) < Math.abs(log - before);
  if (Math.abs(level - before) <= farOnLogScale || !newest.every(isNew)) return;
  return { run: logs.slice(logs.findLastIndex((log) => !isNew(log)) + 1), shift: level - before };
}
