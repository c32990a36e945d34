import { isWeeklyTime } from './alert/is-weekly-time.ts';
import { mailsAnHour } from './alert/plan-mails.ts';
import { type ResolvedAlert, renderResolved } from './alert/render-resolved.ts';
import { renderWeekly } from './alert/render-weekly.ts';
import { type WeeklyAlert, weeklyAlert, weeklyFigures } from './alert/weekly-figures.ts';
import type { Alert } from './domain/alert.ts';
import type { AccountKey } from './domain/billing-event.ts';
import { objectHash } from './domain/object-hash.ts';
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
/** Open alerts whose records are read in an hour; of more, as after a storm, each is looked at every few hours. */
const mostLookedAt = 2_000;
/** Emails in an hour that something is over, as many as of alerts; the rest is told in the next. */
const mostResolved = mailsAnHour;
const readsAtOnce = 16;
const daySec = 86_400;

/**
 * Once an hour, of every account: tells of alerts that are over, and on Mondays of the week. In the account's turn, so
 * that nobody else does; who dies between an email and its record sends it again.
 */
export async function followUp(mailing: Mailing & FollowUp): Promise<void> {
  for (const key of await mailing.accounts()) {
    await inTurn(key, mailing, async (before, mailed) => {
      const nowSec = mailing.nowSec();
      const open: Alert[] = [];
      const week: WeeklyAlert[] = [];
      for await (const alert of mailing.store.mailedSince(key, nowSec - lookedAfterSec)) {
        if (alert.outcome === null && alert.finding.customer !== null) open.push(alert);
        if ((alert.mailedAtSec ?? 0) >= nowSec - 7 * daySec) week.push(weeklyAlert(alert));
      }
      const resolved = await resolvedAmong(partOfHour(open.sort(byMailing), nowSec), mailing.records);
      const groups = Map.groupBy(resolved, ({ finding }) => finding.cause ?? finding.id);
      for (const some of [...groups.values()].slice(0, mostResolved)) {
        await tellResolved(some as [ResolvedAlert, ...ResolvedAlert[]], nowSec, mailing);
        mailed.push({ atSec: nowSec, topic: 'resolved' });
      }
      const isReported = before.some(({ topic }) => topic === 'weekly');
      if (!key.livemode || isReported || !isWeeklyTime(nowSec, mailing.rules.timeZone)) return;
      await tellWeek(key, week, nowSec, mailing);
      mailed.push({ atSec: nowSec, topic: 'weekly' });
    });
  }
}

/**
 * All of them, or where there are too many for an hour, another part each hour.
 * @example partOfHour(some, nowSec).length // about mostLookedAt at most
 */
function partOfHour(alerts: readonly Alert[], nowSec: number): readonly Alert[] {
  const parts = Math.ceil(alerts.length / mostLookedAt);
  const turn = Math.floor(nowSec / 3_600) % Math.max(1, parts);
  return alerts.filter(({ finding }) => objectHash(finding.id) % parts === turn); // by name: as others go, it stays
}

/** The first mailed first. */
function byMailing(a: Alert, b: Alert): number {
  return (a.mailedAtSec ?? 0) - (b.mailedAtSec ?? 0) || (a.finding.id < b.finding.id ? -1 : 1);
}

async function resolvedAmong(
  alerts: readonly Alert[],
  records: FollowUp['records'],
): Promise<readonly ResolvedAlert[]> {
  const resolved: ResolvedAlert[] = [];
  for (let start = 0; start < alerts.length; start += readsAtOnce) {
    const some = alerts.slice(start, start + readsAtOnce).map(async ({ finding }) => {
      const { account, livemode, customer } = finding;
      if (customer === null) return [];
      const { record } = await records.load({ account, livemode, customer });
      const reason = resolutionOf(finding, record);
      return reason === undefined ? [] : [{ finding, reason }];
    });
    resolved.push(...(await Promise.all(some)).flat());
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
  week: readonly WeeklyAlert[],
  nowSec: number,
  { mailer, rendering, detectors, reportTo }: Mailing & FollowUp,
): Promise<void> {
  await mailer.send({
    ...renderWeekly(key, weeklyFigures(week, detectors), { ...rendering, nowSec }),
    to: reportTo,
    tags: { kind: 'weekly', mode: 'live' },
    writtenAtSec: nowSec,
    alertIds: [],
  });
}
