import { hourSec } from '../domain/time.ts';
import { type FollowUp, followUp } from './follow-up.ts';
import { type Mailing, mailAllAlerts } from './mail-alerts.ts';

/** All that is asked for to look after alerts by the clock. */
export type Tending = Mailing & FollowUp;

/**
 * Each minute: mails what is due; in the first minute of an hour also looks what has become of what was mailed.
 * @throws what either throws, after both were tried
 */
export async function runMinutely(mailing: Tending, remainingMs: () => number): Promise<void> {
  const isFirstMinute = mailing.nowSec() % hourSec < 60;
  const mailed = await Promise.allSettled([mailAllAlerts(mailing, remainingMs)]);
  const followed = isFirstMinute ? await Promise.allSettled([followUp(mailing, remainingMs)]) : [];
  for (const done of [...mailed, ...followed]) if (done.status === 'rejected') throw done.reason;
}
