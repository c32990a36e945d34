import { type AccountPast, countAt, countIn, weekHours } from '../domain/account-past.ts';
import type { TallyName } from '../domain/sightings-of.ts';
import { type Stretch, silentStretches } from '../domain/silent-stretches.ts';

/** Weeks that the same hours are compared with. */
export const comparedWeeks = 5;

/**
 * How many there were in the same hours of the five weeks before, oldest first; undefined where less than five weeks
 * are remembered.
 * @param stretches oldest first
 */
export function sameHours(
  past: AccountPast,
  tally: TallyName,
  stretches: readonly Stretch[],
): readonly number[] | undefined {
  const [first] = stretches;
  if (first === undefined || first.from - comparedWeeks * weekHours < past.firstHour) return undefined;
  return [5, 4, 3, 2, 1].map((week) => {
    const before = (hour: number): number => hour - week * weekHours;
    const earlier = stretches.map(({ from, to }) => ({ from: before(from), to: before(to) }));
    return countOver(past, tally, earlier);
  });
}

/**
 * What is at least usual in these hours: the second smallest of the five weeks. So one holiday or one outage among
 * them is forgiven; what comes once a month is not expected every week; growth is no reason to expect more.
 * @example atLeastUsual([9, 0, 8, 12, 10]) // 8
 */
export function atLeastUsual(weeks: readonly number[]): number {
  return weeks.toSorted((a, b) => a - b)[1] ?? 0;
}

/** At least so many customers usually do something in these hours; 0 when too little is remembered. */
export function usuallyActive(past: AccountPast, stretch: Stretch): number {
  return atLeastUsual(sameHours(past, 'active', [stretch]) ?? []);
}

export function countOver(past: AccountPast, tally: TallyName, stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + countIn(past, tally, from, to), 0);
}

/** Stretches without any event that begin in `from` or later and end by `to`, oldest first. */
export function silences(past: AccountPast, hours: Stretch): readonly Stretch[] {
  return silentStretches((hour) => countAt(past, 'active', hour) === 0, hours);
}
