import { isWeeklyTime } from './alert/is-weekly-time.ts';
import { type ResolvedAlert, renderResolved } from './alert/render-resolved.ts';
import { renderWeekly } from './alert/render-weekly.ts';
import { weeklyFigures } from './alert/weekly-figures.ts';
import type { Alert } from './domain/alert.ts';
import type { AccountKey } from './domain/billing-event.ts';
import { resolutionOf } from './domain/resolution-of.ts';
import { inTurn } from './in-turn.ts';
import type { Mailing } from './mail-alerts.ts';
import type { RecordStore } from './store/record-store.ts';

/** What looking after alerts needs beside what mailing them does. */
export interface FollowUp {
  /** Who gets the report of the week. */
  readonly reportTo: readonly string[];
  readonly accounts: () => Promise<readonly AccountKey[]>;
  readonly records: Pick<RecordStore, 'load'>;
  /** Ids of all detectors: the report names those that were quiet. */
  readonly detectors: readonly string[];
}

/** An alert that nobody has closed in so long is left alone: an invoice is paid or void by then. */
const lookedAfterSec = 35 * 86_400;
const daySec = 86_400;

/**
 * Once an hour, of every account: tells of alerts that are over, and on Mondays of the week. In the account's turn, so
 * that nobody else does; who dies between an email and its record sends it again.
 */
export async function followUp(mailing: Mailing & FollowUp): Promise<void> {
  for (const key of await mailing.accounts()) {
    await inTurn(key, mailing, async (before, mailed) => {
      const nowSec = mailing.nowSec();
      const alerts = await mailing.store.mailedSince(key, nowSec - lookedAfterSec);
      const resolved = await resolvedAmong(alerts, mailing.records);
      for (const some of Map.groupBy(resolved, ({ finding }) => finding.cause ?? finding.id).values()) {
        await tellResolved(some as [ResolvedAlert, ...ResolvedAlert[]], nowSec, mailing);
        mailed.push({ atSec: nowSec, topic: 'resolved' });
      }
      const isReported = before.some(({ topic }) => topic === 'weekly');
      if (!key.livemode || isReported || !isWeeklyTime(nowSec, mailing.rules.timeZone)) return;
      await tellWeek(key, alerts, nowSec, mailing);
      mailed.push({ atSec: nowSec, topic: 'weekly' });
    });
  }
}

async function resolvedAmong(
  alerts: readonly Alert[],
  records: FollowUp['records'],
): Promise<readonly ResolvedAlert[]> {
  const resolved: ResolvedAlert[] = [];
  for (const { finding, outcome } of alerts) {
    const { account, livemode, customer } = finding;
    if (outcome !== null || customer === null) continue;
    const { record } = await records.load({ account, livemode, customer });
    const reason = resolutionOf(finding, record);
    if (reason !== undefined) resolved.push({ finding, reason });
  }
  return resolved;
}

async function tellResolved(
  resolved: readonly [ResolvedAlert, ...ResolvedAlert[]],
  nowSec: number,
  { store, mailer, rules, rendering }: Mailing,
): Promise<void> {
  const [{ finding }] = resolved;
  await mailer.send({
    ...renderResolved(resolved, { ...rendering, nowSec }),
    to: rules.recipientsOf(finding),
    tags: { kind: 'resolved', mode: finding.livemode ? 'live' : 'test' },
    writtenAtSec: nowSec,
    alertIds: resolved.map((one) => one.finding.id),
  });
  for (const one of resolved)
    await store.recordOutcome(one.finding, { kind: 'resolved', reason: one.reason, atSec: nowSec });
}

async function tellWeek(
  key: AccountKey,
  alerts: readonly Alert[],
  nowSec: number,
  { mailer, rendering, detectors, reportTo }: Mailing & FollowUp,
): Promise<void> {
  const week = alerts.filter(({ mailedAtSec }) => (mailedAtSec ?? 0) >= nowSec - 7 * daySec);
  await mailer.send({
    ...renderWeekly(key, weeklyFigures(week, detectors), { ...rendering, nowSec }),
    to: reportTo,
    tags: { kind: 'weekly', mode: 'live' },
    writtenAtSec: nowSec,
    alertIds: [],
  });
}
