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

/** What looking after alerts needs beside what mailing them does. */
export interface FollowUp extends Standing {
  /** Who gets the report of the week. */
  readonly reportTo: readonly string[];
  readonly certificates: Pick<CertificateStore, 'load'>;
}

/** An alert that nobody has closed in so long is left alone: an invoice is paid or void by then. */
const lookedAfterSec = 35 * daySec;

/**
 * Once an hour, of every account: tells of alerts that are over, and on Mondays of the week. In the account's turn, so
 * that nobody else does; when the function dies or the table refuses the record, the email is sent again.
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
      const alerts = await withoutHistories(mailing.store.mailedSince(key, nowSec - lookedAfterSec));
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
        await send('resolved', () => tellResolved(some, rendering, mailing));
      }
      if (isReportDue) await send('weekly', () => tellWeek(key, alerts, rendering, mailing));
    });
    await trying(turn);
  }
  if (errors.length > 0) throw new MailsNotSentError(errors);
}

/** First mailed first. No report shows a history; without them a storm's hundred thousand alerts fit into memory. */
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

async function tellResolved(
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

async function tellWeek(
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
