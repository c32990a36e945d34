import { type AccountPast, countAt, countIn, weekHours } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { type Stretch, silentStretches } from '../../domain/account/silent-stretches.ts';
import { monthsBefore } from '../../domain/months-before.ts';
import { hourSec } from '../../domain/time.ts';

/** Weeks that the same hours are compared with. */
export const comparedWeeks = 5;

/** Counts something of the hours from `from` up to, not including, `to`. */
type CountHours = (past: AccountPast, from: number, to: number) => number;

/** How many payments there were. */
export function paymentsIn(past: AccountPast, from: number, to: number): number {
  return countIn(past, 'charge', from, to);
}

/**
 * How many customers paid, hour by hour. At most the customers with any event, so that one who pays all the time counts
 * once; at most the payments, as one renewal is seen in several hours: its draft, its payment, its retries.
 */
export function payersIn(past: AccountPast, from: number, to: number): number {
  let sum = 0;
  for (let hour = from; hour < to; hour += 1)
    sum += Math.min(countAt(past, 'active', hour), countAt(past, 'charge', hour));
  return sum;
}

/** @param earlier shifts the stretches by so many hours into the past */
export function countOver(
  past: AccountPast,
  count: CountHours,
  stretches: readonly Stretch[],
  earlier = 0,
): number {
  let sum = 0;
  for (const { from, to } of stretches) sum += count(past, from - earlier, to - earlier);
  return sum;
}

/**
 * How many there were in the same hours of the five weeks before, oldest first; undefined where less than five weeks
 * are remembered.
 */
export function sameHours(
  past: AccountPast,
  count: CountHours,
  stretches: readonly Stretch[],
): readonly number[] | undefined {
  const [first] = stretches;
  if (first === undefined || first.from - comparedWeeks * weekHours < past.firstHour) return undefined;
  return [5, 4, 3, 2, 1].map((week) => countOver(past, count, stretches, week * weekHours));
}

/**
 * The same on the same days of the two months before, where they are remembered: what renews every month does so on
 * days of its own, and the days between bring less.
 */
export function sameDays(
  past: AccountPast,
  count: CountHours,
  stretches: readonly Stretch[],
): readonly number[] {
  const [first] = stretches;
  const now = hourOf(past.nowSec);
  const shifts = [1, 2].map((months) => now - hourOf(monthsBefore(past.nowSec, months)));
  return shifts
    .filter((shift) => first !== undefined && first.from - shift >= past.firstHour)
    .map((shift) => countOver(past, count, stretches, shift));
}

/**
 * What is at least usual in these hours: the second smallest of the five weeks. So one holiday or one outage among
 * them is forgiven; what comes once a month is not expected every week; growth is no reason to expect more.
 * @example expectedMinimum([9, 0, 8, 12, 10]) // 8
 */
export function expectedMinimum(weeks: readonly number[]): number {
  return weeks.toSorted((a, b) => a - b)[1] ?? 0;
}

/**
 * How much of what the five weeks show is still to be expected after an hour: less than 1 when the week before it is
 * the weakest of them, as after a season. Whole weeks, so that days of the week don't count; and not when
 * something was reported in the last week, which says nothing then.
 * For example, `levelAt(past, payersIn, hour)` is 0.8 of the second weakest.
 */
export function levelAt(past: AccountPast, count: CountHours, hour: number): number {
  const isWrong = ['revenue-drop', 'webhook-silence'].some((id) =>
    past.episodes
      .get(id)
      ?.some(({ sinceSec, lastSec }) => lastSec >= (hour - weekHours) * hourSec && sinceSec < hour * hourSec),
  );
  if (isWrong) return 1;
  const weeks = [4, 3, 2, 1, 0].map((ago) => {
    const to = hour - ago * weekHours;
    return countOver(past, count, [{ from: to - weekHours, to }]);
  });
  const usual = expectedMinimum(weeks);
  return usual === 0 ? 1 : Math.min(1, (weeks.at(-1) ?? 0) / usual);
}

/** At least so many customers usually pay in these hours; 0 when too little is remembered. */
export function expectedPayers(past: AccountPast, stretch: Stretch): number {
  return expectedMinimum(sameHours(past, payersIn, [stretch]) ?? []);
}

/** Stretches without any event that begin in `from` or later and end by `to`, oldest first. */
export function silences(past: AccountPast, hours: Stretch): readonly Stretch[] {
  return silentStretches((hour) => countAt(past, 'active', hour) === 0, hours);
}
