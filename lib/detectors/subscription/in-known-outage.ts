import type { AccountPast } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { hourSec } from '../../domain/time.ts';
import { silences } from '../baseline/same-hours.ts';

const longestDays = 14; // of a silence that is looked for around what did not come

/**
 * Whether the invoice of a renewal that was due then, which is made within an hour, fell into a silence that was
 * reported, or into the hours at its edges, in which it began and ended: then the silence is why no event came.
 */
export function isInKnownOutage(past: AccountPast, dueSec: number): boolean {
  const hour = hourOf(dueSec);
  const around = {
    from: hour - longestDays * 24,
    to: Math.min(hour + longestDays * 24, hourOf(past.nowSec)),
  };
  const reported = past.episodes.get('webhook-silence') ?? [];
  return silences(past, around).some(
    ({ from, to }) =>
      from - 2 <= hour &&
      hour <= to &&
      reported.some(({ sinceSec }) => sinceSec >= from * hourSec && sinceSec < to * hourSec),
  );
}
