import type { AccountKey } from '../domain/events/billing-event.ts';
import type { Alert } from '../domain/finding/alert.ts';
import { daySec } from '../domain/time.ts';
import type { MailOptions } from '../message/mail-options.ts';
import { type ResolvedAlerts, renderResolved } from '../message/report/render-resolved.ts';
import { renderWeekly } from '../message/report/render-weekly.ts';
import { weeklyFigures } from '../message/report/weekly-figures.ts';
import type { CertificateStore } from '../store/certificate/certificate-store.ts';
import { isWeeklyTime } from './is-weekly-time.ts';
import { type Mailing, MailsNotSentError, renderingFor } from './mail-alerts.ts';
import { planResolved } from './plan-resolved.ts';
import { resolvedAmong, type Standing } from './resolved-among.ts';
import { withLease } from './with-lease.ts';

/** What following up needs in addition to mailing. */
export interface FollowUp extends Standing {
  /** Receivers of the weekly report. */
  readonly reportTo: readonly string[];
  readonly certificates: Pick<CertificateStore, 'load'>;
}

/** How long an open alert is followed up: an invoice is paid or void by then. */
const followedUpSec = 35 * daySec;

/**
 * Reports alerts that are over, for every account, once an hour; on Mondays also the week. It holds the account's
 * lease, so that only one worker does. After a crash, or when the table refuses the record, the email is sent again.
 * @throws {MailsNotSentError} something failed, the rest is done; the next hour tries again
 */
export async function followUp(mailing: Mailing & FollowUp, remainingMs: () => number): Promise<void> {
  const errors: unknown[] = [];
  const trying = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => void errors.push(error));
  for (const key of await mailing.accounts.accounts()) {
    const turn = withLease(key, mailing, async (before, mailed) => {
      const nowSec = mailing.nowSec();
      const isTimeLeft = () => remainingMs() >= mailing.slowestMailMs;
      const alerts = await withoutHistories(mailing.store.mailedSince(key, nowSec - followedUpSec));
      const resolved = await resolvedAmong(key, alerts, mailing, mailing.rules.timeZone, nowSec, isTimeLeft);
      const planned = planResolved(resolved, mailing.rules);
      const isReported = before.some(({ topic }) => topic === 'weekly');
      const isReportDue = key.livemode && !isReported && isWeeklyTime(nowSec, mailing.rules.timeZone);
      if (planned.length === 0 && !isReportDue) return;
      const rendering = await renderingFor(key, mailing);
      const send = async (topic: string, sending: () => Promise<void>): Promise<void> => {
        await trying(sending().then(() => void mailed.push({ atSec: nowSec, topic })));
      };
      for (const some of planned) {
        if (!isTimeLeft()) return;
        await send('resolved', () => mailResolved(some, rendering, mailing));
      }
      if (isReportDue) await send('weekly', () => mailWeek(key, alerts, rendering, mailing));
    });
    await trying(turn);
  }
  if (errors.length > 0) throw new MailsNotSentError(errors);
}

/**
 * Alerts in the order of mailing, without histories: no report shows one, and a storm's hundred thousand alerts then
 * fit into memory.
 */
async function withoutHistories(mailed: AsyncIterable<Alert>): Promise<readonly Alert[]> {
  const alerts: Alert[] = [];
  for await (const alert of mailed) {
    const finding = { ...alert.finding, history: { count: 0, points: [] }, breakdown: null };
    alerts.push({ ...alert, finding });
  }
  return alerts.sort(
    (a, b) => (a.mailedAtSec ?? 0) - (b.mailedAtSec ?? 0) || (a.finding.id < b.finding.id ? -1 : 1),
  );
}

async function mailResolved(
  resolved: ResolvedAlerts,
  rendering: MailOptions,
  { store, mailer, rules }: Mailing,
): Promise<void> {
  const [{ finding }] = resolved;
  const atSec = rendering.nowSec;
  await mailer.send({
    ...renderResolved(resolved, rendering),
    to: rules.recipientsOf(finding),
    tags: { kind: 'resolved', mode: finding.livemode ? 'live' : 'test' },
    writtenAtSec: atSec,
    alertIds: resolved.map((one) => one.finding.id),
  });
  for (const one of resolved)
    await store.recordOutcome(one.finding, { kind: 'resolved', reason: one.reason, atSec });
}

async function mailWeek(
  key: AccountKey,
  alerts: readonly Alert[],
  rendering: MailOptions,
  { mailer, detectors, reportTo, certificates }: FollowUp & Mailing,
): Promise<void> {
  const { certificate } = await certificates.load(key);
  const { nowSec } = rendering;
  const week = alerts.filter(({ mailedAtSec }) => (mailedAtSec ?? 0) >= nowSec - 7 * daySec);
  await mailer.send({
    ...renderWeekly(key, weeklyFigures(week, detectors), certificate, rendering),
    to: reportTo,
    tags: { kind: 'weekly', mode: 'live' },
    writtenAtSec: nowSec,
    alertIds: [],
  });
}
