import { approximateUsd } from '../money/approximate-usd.ts';
import type { AccountFact, CounterName } from './account-facts-of.ts';
import type { Episodes } from './episodes.ts';
import { countBetween, counterAt, type HourlyCounts } from './hourly-counts.ts';
import type { OverdueInSilence } from './overdue-in-silence.ts';

/** What an account did, as far as we remember it, up to a time. All that an account detector sees. */
export interface AccountPast {
  /** Nothing later is in it. */
  readonly nowSec: number;
  /** From when on we received events; what happened before came late through no fault. */
  readonly listeningSinceSec: number;
  readonly hours: HourlyCounts;
  /** The first hour of which anything is remembered. */
  readonly firstHour: number;
  /** What was found before. */
  readonly episodes: Episodes;
  /** Looked for in the first sweep of an hour. */
  readonly overdueInSilence: readonly OverdueInSilence[];
  /** One by one, of the last `freshHours`. */
  readonly fresh: readonly AccountFact[];
}

/** The current hour and two before: the longest window that is looked at in minutes. */
export const freshHours = 3;

export const weekHours = 168;

/** How many in one hour. For example, `countAt(past, 'charge', 10)` is 3. */
export function countAt({ hours }: AccountPast, counter: CounterName | 'late', hour: number): number {
  return counterAt(hours, counter, hour).count;
}

/** How many in the hours from `from` up to, not including, `to`. For example, `countIn(past, 'charge', 10, 12)` is 7. */
export function countIn(past: AccountPast, counter: CounterName | 'late', from: number, to: number): number {
  return countBetween(past.hours, counter, from, to);
}

/** The money of a counter by currency, largest first. */
export function moneyIn(
  past: AccountPast,
  counter: CounterName,
  from: number,
  to: number,
): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (let hour = from; hour < to; hour += 1) {
    const { money } = counterAt(past.hours, counter, hour);
    for (const [currency, minor] of money) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  }
  const worth = ([currency, minor]: readonly [string, number]) => minor / approximateUsd(1, currency);
  return [...sums].sort((a, b) => worth(b) - worth(a) || (a[0] < b[0] ? -1 : 1));
}
