import type { AccountFact } from '../domain/account/account-facts-of.ts';
import type { AccountState } from '../domain/account/account-state.ts';
import { hourOf } from '../domain/account/hour-counts.ts';
import { counterAt } from '../domain/account/hourly-counts.ts';
import {
  minOverdue,
  type OverdueInSilence,
  overdueAfterHours,
  overdueIn,
} from '../domain/account/overdue-in-silence.ts';
import { silentStretchesSince } from '../domain/account/silent-stretches.ts';
import type { AccountKey } from '../domain/events/billing-event.ts';
import type { RecordStore } from '../store/record/record-store.ts';
import type { RenewalCalendar } from '../store/renewal/renewal-calendar.ts';
import { loadRenewals } from './load-renewals.ts';

/**
 * How far back the start of a silence is searched, and, less far, what was due in it: the rest has been found one by
 * one.
 */
const longestHours = 14 * 24;
const dueWithinHours = 72;

/** How long before a silence renewals are judged with it, and how many at most. */
const neighbourHours = 24;
const mostBefore = 20;

/**
 * Finds silences in which renewals were due that have not come. It looks once an hour, in silences that reach into
 * hours whose renewals have become overdue since the last sweep. It costs nothing where events arrived in each of these
 * hours, and one query a silent hour where almost nothing was due.
 * @param state of the last sweep
 * @param read as `sweepAccount` has it
 */
export async function overdueInSilences(
  key: AccountKey,
  { hours, listeningSinceSec, sweptAtSec }: AccountState,
  read: ReadonlyMap<number, readonly AccountFact[]>,
  nowSec: number,
  sweep: {
    readonly calendar: Pick<RenewalCalendar, 'dueBetween'>;
    readonly store: Pick<RecordStore, 'load'>;
  },
): Promise<readonly OverdueInSilence[]> {
  const to = hourOf(nowSec) - overdueAfterHours;
  const news = Math.max(hourOf(sweptAtSec) - overdueAfterHours, to - longestHours);
  if (listeningSinceSec === 0 || news >= to) return [];
  const isSilent = (hour: number): boolean =>
    read.get(hour)?.every(({ counter }) => counter !== 'active') ??
    counterAt(hours, 'active', hour).count === 0;
  const from = Math.max(hourOf(listeningSinceSec), news - longestHours);
  const found: OverdueInSilence[] = [];
  for (const silence of silentStretchesSince(isSilent, news, { from, to })) {
    if (silence.to <= news) continue;
    const dueFrom = Math.max(silence.from, silence.to - dueWithinHours);
    const within = await sweep.calendar.dueBetween(key, dueFrom, silence.to - 1);
    if (new Set(within.map(({ customer }) => customer)).size < minOverdue) continue;
    const before = await sweep.calendar.dueBetween(key, silence.from - neighbourHours, silence.from - 1);
    const looks = await loadRenewals(key, [...before.slice(-mostBefore), ...within], sweep.store);
    const customers = overdueIn(silence, looks);
    if (customers > 0) found.push({ fromHour: silence.from, customers });
  }
  return found;
}

/** The age, in hours, beyond which a sweep does not read what was due, when the last sweep was an hour ago. */
export const askedForHours = overdueAfterHours + 1 + longestHours + neighbourHours;
