import { hourSec } from '../domain/time.ts';
import { type FollowUp, followUp } from './follow-up.ts';
import { type Mailing, mailAllAlerts } from './mail-alerts.ts';

/** Everything that the scheduled work on alerts needs. */
export type MinutelyDeps = Mailing & FollowUp;

/**
 * Mails what is due, each minute; in the first minute of an hour, follows up what was mailed.
 * @throws what either throws, after both were tried
 */
export async function runMinutely(mailing: MinutelyDeps, remainingMs: () => number): Promise<void> {
  const isFirstMinute = mailing.nowSec() % hourSec < 60;
  const mailed = await Promise.allSettled([mailAllAlerts(mailing, remainingMs)]);
  const followed = isFirstMinute ? await Promise.allSettled([followUp(mailing, remainingMs)]) : [];
  for (const done of [...mailed, ...followed]) if (done.status === 'rejected') throw done.reason;
}
