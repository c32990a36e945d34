import { type AccountPast, weekHours } from '../domain/account-past.ts';
import { type HourCounts, hourOf } from '../domain/hour-counts.ts';
import { monthsBefore } from '../domain/months-before.ts';

/** Weeks that the same hours are compared with. */
export const comparedWeeks = 5;

/** A stretch of hours: from `from` up to, not including, `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How many payments there were in an hour. */
export function paymentsIn(counts: HourCounts | undefined): number {
  return counts?.get('charge')?.count ?? 0;
}

/**
 * How many customers paid in an hour. Of customers to whom anything happened, so that one who pays all the time counts
 * once; of payments, as one renewal is seen in several hours: its draft, its payment, its retries.
 */
export function payersIn(counts: HourCounts | undefined): number {
  return Math.min(counts?.get('active')?.count ?? 0, paymentsIn(counts));
}

/**
 * How many there were in the same hours of the five weeks before, oldest first; undefined where less than five weeks
 * are remembered.
 */
export function sameHours(
  past: AccountPast,
  count: (counts: HourCounts | undefined) => number,
  hours: readonly number[],
): readonly number[] | undefined {
  const [first] = hours;
  if (first === undefined || first - comparedWeeks * weekHours < past.firstHour) return undefined;
  return [5, 4, 3, 2, 1].map((week) => {
    let sum = 0;
    for (const hour of hours) sum += count(past.hours.get(hour - week * weekHours));
    return sum;
  });
}

/**
 * The same on the same days of the two months before, where they are remembered: what renews every month does so on
 * days of its own, and the days between bring less.
 */
export function sameDays(
  past: AccountPast,
  count: (counts: HourCounts | undefined) => number,
  hours: readonly number[],
): readonly number[] {
  const [first] = hours;
  const now = hourOf(past.nowSec);
  const shifts = [1, 2].map((months) => now - hourOf(monthsBefore(past.nowSec, months)));
  return shifts
    .filter((shift) => first !== undefined && first - shift >= past.firstHour)
    .map((shift) => hours.reduce((sum, hour) => sum + count(past.hours.get(hour - shift)), 0));
}

/**
 * What is at least usual in these hours: the second smallest of the five weeks. So one holiday or one outage among
 * them is forgiven; what comes once a month is not expected every week; growth is no reason to expect more.
 * @example atLeastUsual([9, 0, 8, 12, 10]) // 8
 */
export function atLeastUsual(weeks: readonly number[]): number {
  return weeks.toSorted((a, b) => a - b)[1] ?? 0;
}

/** At least so many customers usually pay in these hours; 0 when too little is remembered. */
export function usualPayers(past: AccountPast, { from, to }: Stretch): number {
  return atLeastUsual(sameHours(past, payersIn, hoursOf({ from, to })) ?? []);
}

export function hoursOf({ from, to }: Stretch): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** Stretches without any event that begin in `from` or later and end by `to`, oldest first. */
export function silences(past: AccountPast, { from, to }: Stretch): readonly Stretch[] {
  const found: Stretch[] = [];
  let start: number | undefined;
  for (let hour = from; hour <= to; hour += 1) {
    const isSilent = hour < to && (past.hours.get(hour)?.get('active')?.count ?? 0) === 0;
    if (isSilent) start ??= hour;
    else if (start !== undefined) {
      found.push({ from: start, to: hour });
      start = undefined;
    }
  }
  return found;
}
