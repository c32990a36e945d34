import { type AccountPast, countAt, countIn } from '../domain/account-past.ts';
import type { Episode } from '../domain/episodes.ts';
import { hourOf } from '../domain/hour-counts.ts';
import type { TallyName } from '../domain/sightings-of.ts';

const day = 24;

/** How often something happened, day by day, before the last 24 hours. */
export interface CountRecord {
  /** Mean a day. */
  readonly mean: number;
  /** The largest window of `windowHours` on any day without an incident that was found: it must not hide the next. */
  readonly largest: number;
  readonly days: number;
  readonly points: readonly { readonly atSec: number; readonly value: number }[];
}

/**
 * @param detector whose incidents are left out of what is usual
 * @param windowHours at most 24
 */
export function countRecord(
  past: AccountPast,
  detector: string,
  tally: TallyName,
  windowHours: number,
): CountRecord {
  const incidents = past.episodes.get(detector) ?? [];
  const until = hourOf(past.nowSec) + 1 - day;
  const days = Math.max(0, Math.floor((until - past.firstHour) / day));
  const daily: number[] = [];
  let largestWindow = 0;
  for (let ago = days; ago >= 1; ago -= 1) {
    const from = until - ago * day;
    daily.push(countIn(past, tally, from, from + day));
    if (incidents.some((incident) => isWithin(incident, from - windowHours, from + day))) continue;
    let inWindow = countIn(past, tally, from - windowHours, from);
    for (let hour = from; hour < from + day; hour += 1) {
      inWindow += countAt(past, tally, hour) - countAt(past, tally, hour - windowHours);
      largestWindow = Math.max(largestWindow, inWindow);
    }
  }
  return {
    mean: days === 0 ? 0 : daily.reduce((sum, value) => sum + value, 0) / days,
    largest: largestWindow,
    days,
    points: daily.map((value, index) => ({ atSec: (until - (days - index) * day) * 3600, value })),
  };
}

function isWithin({ sinceSec, lastSec }: Episode, fromHour: number, untilHour: number): boolean {
  return sinceSec < untilHour * 3600 && lastSec >= fromHour * 3600;
}
