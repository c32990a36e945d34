import type { AccountPast } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { hourSec } from '../../domain/time.ts';
import { silences } from '../baseline/same-hours.ts';

const longestDays = 14; // of a silence that is looked for around what did not come

/**
 * Whether the invoice of a renewal that was due then, which is made within an hour, fell into a silence that was told,
 * or into the hours at its edges, amid which it began and ended: then silence is why nobody heard of it.
 */
export function isInKnownOutage(past: AccountPast, dueSec: number): boolean {
  const hour = hourOf(dueSec);
  const around = {
    from: hour - longestDays * 24,
    to: Math.min(hour + longestDays * 24, hourOf(past.nowSec)),
  };
  const told = past.episodes.get('webhook-silence') ?? [];
  return silences(past, around).some(
    ({ from, to }) =>
      from - 2 <= hour &&
      hour <= to &&
      told.some(({ sinceSec }) => sinceSec >= from * hourSec && sinceSec < to * hourSec),
  );
}
