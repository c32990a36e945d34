import type { CounterName } from '../../domain/account/account-facts-of.ts';
import { type AccountPast, countAt, countIn } from '../../domain/account/account-past.ts';
import type { Episode } from '../../domain/account/episodes.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { hourSec } from '../../domain/time.ts';

const day = 24;

/** How often something happened, day by day, before the last 24 hours. */
export interface CountRecord {
  /** Mean a day. */
  readonly mean: number;
  /**
   * The largest window of `windowHours`, except for the first day of the worst incident that was found: one must not
   * hide the next. What comes a second time, or continues for days, is how the account is.
   */
  readonly largest: number;
  readonly days: number;
  /** Each day; those of that incident are not usual. */
  readonly points: readonly { readonly atSec: number; readonly value: number; readonly usual: boolean }[];
}

/**
 * @param detector whose incidents are left out of what is usual
 * @param windowHours at most 24
 */
export function countRecord(
  past: AccountPast,
  detector: string,
  counter: CounterName,
  windowHours: number,
): CountRecord {
  const incidents = past.episodes.get(detector) ?? [];
  const until = hourOf(past.nowSec) + 1 - day;
  const days = Math.max(0, Math.floor((until - past.firstHour) / day));
  const daily: number[] = [];
  let largest = 0;
  const worstOf = new Map<Episode, number>();
  for (let ago = days; ago >= 1; ago -= 1) {
    const from = until - ago * day;
    daily.push(countIn(past, counter, from, from + day));
    let inWindow = countIn(past, counter, from - windowHours, from);
    for (let hour = from; hour < from + day; hour += 1) {
      inWindow += countAt(past, counter, hour) - countAt(past, counter, hour - windowHours);
      const incident = incidents.find(({ sinceSec }) => isFirstDay(hour - hourOf(sinceSec), windowHours));
      if (incident === undefined) largest = Math.max(largest, inWindow);
      else worstOf.set(incident, Math.max(worstOf.get(incident) ?? 0, inWindow));
    }
  }
  const [[worst] = [], [, second = 0] = []] = [...worstOf].sort((a, b) => b[1] - a[1]);
  const usualMost = Math.max(largest, second);
  const isOfWorst = (from: number): boolean =>
    worst !== undefined && from + day > hourOf(worst.sinceSec) && from < hourOf(worst.sinceSec) + day;
  return {
    mean: days === 0 ? 0 : daily.reduce((sum, value) => sum + value, 0) / days,
    largest: usualMost,
    days,
    points: daily.map((value, index) => {
      const from = until - (days - index) * day;
      return { atSec: from * hourSec, value, usual: value <= usualMost || !isOfWorst(from) };
    }),
  };
}

/** Whether a window that ends in an hour so long after the beginning of an incident has something of its first day. */
function isFirstDay(hoursSince: number, windowHours: number): boolean {
  return hoursSince >= 0 && hoursSince < day + windowHours;
}
