import type { CounterName } from './account-facts-of.ts';
import type { CounterValue, HourCounts } from './hour-counts.ts';

/** Ten weeks: a month and some days to compare with, and five weeks to compare those days with. */
export const keptHours = 10 * 168;

/**
 * What an account did in each hour of ten weeks, by counter and day. Lists rather than maps, as detectors add up
 * hundreds of hours at every look; by day, so that recounting one hour copies a day and not ten weeks.
 */
export interface HourlyCounts {
  /** The day that each list begins with, in days since 1970, UTC. */
  readonly fromDay: number;
  readonly counters: Readonly<Record<CounterName | 'late', readonly Day[]>>;
}

interface Day {
  /** 24. */
  readonly hours: readonly CounterValue[];
  /** How many in the first 0, 1, ... 24 hours: sums over weeks take one look a day. */
  readonly countUpTo: readonly number[];
}

const none: CounterValue = { count: 0, money: new Map() };
const quietDay = dayOfHours(Array.from({ length: 24 }, () => none));

export function dayOfHours(hours: readonly CounterValue[]): Day {
  let count = 0;
  return { hours, countUpTo: [0, ...hours.map((counter) => (count += counter.count))] };
}

export const noHours: HourlyCounts = { fromDay: 0, counters: byCounter(() => []) };

/**
 * The counts with some hours replaced; days that are older than `keptHours` by the hour `now` are gone.
 * For example, `withRecountedHours(noHours, new Map([[500_000, countHour(facts)]]), 500_000)`.
 */
export function withRecountedHours(
  known: HourlyCounts,
  counted: ReadonlyMap<number, HourCounts>,
  now: number,
): HourlyCounts {
  const fromDay = Math.max(known.fromDay, dayOf(now - keptHours + 1)); // a clock that was put back stands still
  const counters = byCounter((name) => daysUntil(dayOf(now), known.counters[name], known.fromDay, fromDay));
  for (const [hour, counts] of counted) {
    const index = dayOf(hour) - fromDay;
    for (const [name, counter] of counts) {
      const day = counters[name][index];
      if (day !== undefined)
        counters[name] = counters[name].with(index, dayOfHours(day.hours.with(hour % 24, counter)));
    }
  }
  return { fromDay, counters };
}

/** The same days, without those before `fromDay`, and quiet ones up to today. */
function daysUntil(today: number, days: readonly Day[], firstDay: number, fromDay: number): readonly Day[] {
  const known = fromDay === firstDay ? days : days.slice(fromDay - firstDay);
  const missing = Math.max(0, today + 1 - fromDay - known.length);
  return missing === 0 ? known : [...known, ...Array.from({ length: missing }, () => quietDay)];
}

/** What happened in one hour; nothing in one that is not remembered. */
export function counterAt(
  { fromDay, counters }: HourlyCounts,
  name: CounterName | 'late',
  hour: number,
): CounterValue {
  const day = dayOf(hour);
  return counters[name][day - fromDay]?.hours[hour - day * 24] ?? none;
}

/** How many in the hours from `from` up to, not including, `to`. */
export function countBetween(
  { fromDay, counters }: HourlyCounts,
  name: CounterName | 'late',
  from: number,
  to: number,
): number {
  if (to <= from) return 0;
  const days = counters[name];
  let sum = 0;
  for (let day = Math.max(fromDay, dayOf(from)); day * 24 < to; day += 1) {
    const countUpTo = days[day - fromDay]?.countUpTo;
    if (countUpTo === undefined) break;
    sum += (countUpTo[Math.min(24, to - day * 24)] ?? 0) - (countUpTo[Math.max(0, from - day * 24)] ?? 0);
  }
  return sum;
}

/** The first hour of which anything is remembered, or `now`: all that is delivered makes someone active. */
export function firstKnownHour(hours: HourlyCounts, now: number): number {
  let hour = Math.max(now - keptHours + 1, hours.fromDay * 24);
  while (hour < now && countBetween(hours, 'active', hour, hour + 24) === 0) hour += 24; // ten weeks of a new account
  while (hour < now && counterAt(hours, 'active', hour).count === 0) hour += 1;
  return Math.min(hour, now);
}

function dayOf(hour: number): number {
  return Math.floor(hour / 24);
}

export function byCounter<Value>(
  /** @example byCounter(() => 0).charge // 0 */
  make: (name: CounterName | 'late') => Value,
): Record<CounterName | 'late', Value> {
  return {
    active: make('active'),
    charge: make('charge'),
    churn: make('churn'),
    dispute: make('dispute'),
    failed: make('failed'),
    late: make('late'),
    refund: make('refund'),
  };
}
