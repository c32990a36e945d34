import { type Delivery, newDelivery } from '../domain/finding/delivery.ts';
import { daySec } from '../domain/time.ts';
import { type Invocation, type MailRun, mailRun } from './delivery/mail-run.ts';
import { mailedSince } from './delivery/mailed-since.ts';
import { resumeAll, sendMessage, sendPeriodic } from './delivery/send-message.ts';
import { type Mailing, MailsNotSentError } from './mail-alerts.ts';
import { planResolved } from './plan-resolved.ts';
import { resolvedAmong, type Standing } from './resolved-among.ts';
import { weekDue } from './week-due.ts';

/** How long an open alert is followed up: an invoice is paid or void by then. */
const followedUpSec = 35 * daySec;

/**
 * Reports alerts that are over, for every account, once an hour; on Mondays also the week. It holds the account's
 * lease, so that only one worker does.
 * @throws {MailsNotSentError} something failed, the rest is done; the next hour tries again
 */
export async function followUp(mailing: Mailing & Standing, invocation: Invocation): Promise<void> {
  const errors: unknown[] = [];
  for (const key of await mailing.accounts.accounts()) {
    const done = mailRun(key, mailing, invocation, (run) => followUpAccount(run, mailing));
    errors.push(...(await done.catch((error: unknown) => [error])));
  }
  if (errors.length > 0) throw new MailsNotSentError(errors);
}

async function followUpAccount(run: MailRun, mailing: Mailing & Standing): Promise<void> {
  const { key } = run;
  const { store, rules, receiver } = mailing;
  const nowSec = mailing.nowSec();
  const underway = await resumeAll(run);
  const week = key.livemode ? weekDue(nowSec, rules.timeZone) : undefined;
  if (week !== undefined) await reportWeek(week, nowSec, underway, run);
  const isUnderway = new Set(underway.flatMap(({ kind, alerts }) => (kind === 'resolved' ? alerts : [])));
  const alerts = await mailedSince(key, store, nowSec - followedUpSec);
  const open = alerts.filter(({ finding }) => !isUnderway.has(finding.id));
  const resolved = await resolvedAmong(key, open, mailing, rules.timeZone, nowSec, run.isTimeLeft);
  for (const some of planResolved(resolved, rules)) {
    if (!run.isTimeLeft()) return;
    const ids = some.map(({ finding }) => finding.id);
    const delivery = newDelivery({
      kind: 'resolved',
      topic: 'resolved',
      to: rules.recipientsOf(some[0].finding),
      alerts: ids,
      reasons: some.map(({ reason }) => reason),
      receiver: receiver.name,
      plannedAtSec: nowSec,
    });
    const about = alerts.filter(({ finding }) => ids.includes(finding.id));
    await sendMessage(delivery, about, run);
  }
}

async function reportWeek(
  period: string,
  plannedAtSec: number,
  underway: readonly Delivery[],
  run: MailRun,
): Promise<void> {
  const { reportTo: to, receiver } = run.mailing;
  const common = { kind: 'weekly', topic: 'weekly', alerts: [], receiver: receiver.name } as const;
  const delivery = newDelivery({ ...common, to, period, plannedAtSec });
  const isReported =
    underway.some(({ key }) => key === delivery.key) ||
    run.before.some(({ topic, atSec }) => topic === 'weekly' && atSec > plannedAtSec - daySec); // by a release before
  if (!isReported) await sendPeriodic(delivery, run);
}
