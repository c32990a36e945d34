import { hourSec, minuteSec } from '../domain/time.ts';
import type { Invocation } from './delivery/mail-run.ts';
import { followUp } from './follow-up.ts';
import { type Mailing, mailAllAlerts } from './mail-alerts.ts';
import type { Standing } from './resolved-among.ts';

/** Everything that the scheduled work on alerts needs. */
export type MinutelyDeps = Mailing & Standing;

/**
 * Mails what is due, each minute; in the first minute of an hour, follows up what was mailed. When a person asks for a
 * retry, it does both at once.
 * @throws what either throws, after both were tried
 */
export async function runMinutely(mailing: MinutelyDeps, invocation: Invocation): Promise<void> {
  const isHourly = mailing.nowSec() % hourSec < minuteSec || invocation.isRetry === true;
  const mailed = await Promise.allSettled([mailAllAlerts(mailing, invocation)]);
  const followed = isHourly ? await Promise.allSettled([followUp(mailing, invocation)]) : [];
  for (const done of [...mailed, ...followed]) if (done.status === 'rejected') throw done.reason;
}
