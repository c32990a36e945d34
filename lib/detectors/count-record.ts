import { type AccountPast, countAt, countIn } from '../domain/account-past.ts';
import { hourOf } from '../domain/hour-counts.ts';
import type { TallyName } from '../domain/sightings-of.ts';

const day = 24;

/** How often something happened, day by day, before the last 24 hours. */
export interface CountRecord {
  /** Mean a day. */
  readonly mean: number;
  /** The largest window of `windowHours` on any day but the worst: one incident must not hide the next. */
  readonly largest: number;
  readonly days: number;
  readonly points: readonly { readonly atSec: number; readonly value: number }[];
}

/** @param windowHours at most 24 */
export function countRecord(past: AccountPast, tally: TallyName, windowHours: number): CountRecord {
  const until = hourOf(past.nowSec) + 1 - day;
  const days = Math.max(0, Math.floor((until - past.firstHour) / day));
  const daily: number[] = [];
  const largestOfDay: number[] = [];
  for (let ago = days; ago >= 1; ago -= 1) {
    const from = until - ago * day;
    daily.push(countIn(past, tally, from, from + day));
    let inWindow = countIn(past, tally, from - windowHours, from);
    let largest = 0;
    for (let hour = from; hour < from + day; hour += 1) {
      inWindow += countAt(past, tally, hour) - countAt(past, tally, hour - windowHours);
      largest = Math.max(largest, inWindow);
    }
    largestOfDay.push(largest);
  }
  return {
    mean: days === 0 ? 0 : daily.reduce((sum, value) => sum + value, 0) / days,
    largest: largestOfDay.sort((a, b) => b - a)[1] ?? 0,
    days,
    points: daily.map((value, index) => ({ atSec: (until - (days - index) * day) * 3600, value })),
  };
}
