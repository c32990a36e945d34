import type { Alert } from '../domain/finding/alert.ts';
import { type Finding, severities } from '../domain/finding/finding.ts';
import { hourSec } from '../domain/time.ts';
import { maxMailsPerHour, type PlannedMail, stormEverySec } from '../message/planned-mail.ts';
import { nextDigestSec } from './next-digest.ts';

export interface MailingRules {
  readonly recipientsOf: (finding: Finding) => readonly string[];
  /** Whole hours of the day, in `timeZone`; when empty, no alert waits for a digest. */
  readonly digestHours: readonly number[];
  readonly timeZone: string;
}

/** A sent email. */
interface Mailed {
  readonly atSec: number;
  readonly topic: string;
}

const gatherSec = 10; //           findings of one cause arrive together: the first waits for the others
const sameCauseEverySec = hourSec; // an ongoing cause is mailed once an hour: a draft can still be stopped then

/**
 * Decides what to mail now of all that waits; the rest waits on. Pure. Each alert is in at most one email; those of one
 * cause share one, unrelated ones do not. No alert waits longer than the next digest, an hour after its cause's last
 * email, or ten minutes of a storm.
 * @param mailed the emails of the last day
 */
export function planMails(
  waiting: readonly Alert[],
  mailed: readonly Mailed[],
  rules: MailingRules,
  nowSec: number,
): readonly PlannedMail[] {
  const groups = [...Map.groupBy(waiting, (alert) => groupKey(alert, rules)).values()];
  const due = groups.filter((group) => dueSec(group, mailed, rules) <= nowSec);
  const { calm = [], urgent = [] } = Object.groupBy(due, (group) =>
    isCalm(group, rules) ? 'calm' : 'urgent',
  );
  const mails = [
    ...urgent.map((group) => mailAbout(group, rules)),
    ...collected('digest', calm.flat(), rules),
  ];
  return withinBudget(mails, mailed, rules, nowSec);
}

/** The group of an alert: one cause and the same readers. An alert without a cause is a group of its own. */
function groupKey({ finding }: Alert, { recipientsOf }: MailingRules): string {
  return JSON.stringify([finding.cause ?? finding.id, recipientsOf(finding)]);
}

function dueSec(group: readonly Alert[], mailed: readonly Mailed[], rules: MailingRules): number {
  const filedSec = Math.min(...group.map(({ filedAtSec }) => filedAtSec));
  const [first] = group;
  const cause = first?.finding.cause;
  const digest = isCalm(group, rules) ? nextDigestSec(filedSec, rules) : filedSec;
  if (cause === undefined) return digest;
  const lastSec = mailed.findLast(({ topic }) => topic === cause)?.atSec ?? Number.NEGATIVE_INFINITY;
  return Math.max(digest, filedSec + gatherSec, lastSec + sameCauseEverySec);
}

/**
 * True when the group may wait for a digest: nothing in it is certain, critical, or a draft that is charged before the
 * digest.
 */
function isCalm(group: readonly Alert[], rules: MailingRules): boolean {
  if (rules.digestHours.length === 0) return false;
  return group.every(({ finding, filedAtSec }) => {
    const { certainty, severity, money } = finding;
    if (certainty !== 'unusual' || severity === 'critical') return false;
    return (
      money.finalizesAtSec === null || money.finalizesAtSec > nextDigestSec(filedAtSec, rules) + gatherSec
    );
  });
}

function mailAbout(group: readonly Alert[], { recipientsOf }: MailingRules): PlannedMail {
  const alerts = mostSevereFirst(group);
  const finding = headOf(alerts).finding;
  const to = recipientsOf(finding);
  return { kind: alerts.length === 1 ? 'alert' : 'group', to, alerts, topic: finding.cause ?? finding.id };
}

/** Collects alerts into one email for each set of readers. */
function collected(kind: 'digest' | 'storm', alerts: readonly Alert[], { recipientsOf }: MailingRules) {
  const byReaders = Map.groupBy(alerts, ({ finding }) => JSON.stringify(recipientsOf(finding)));
  return [...byReaders.values()].map((some): PlannedMail => {
    const sorted = mostSevereFirst(some);
    return { kind, to: recipientsOf(headOf(sorted).finding), alerts: sorted, topic: kind };
  });
}

/** Keeps emails within the budget of an hour: the most severe by themselves, the rest as one. */
function withinBudget(
  mails: readonly PlannedMail[],
  mailed: readonly Mailed[],
  rules: MailingRules,
  nowSec: number,
): readonly PlannedMail[] {
  const room = maxMailsPerHour - mailed.filter(({ atSec }) => atSec > nowSec - hourSec).length;
  if (mails.length <= room) return mails;
  const sorted = mails.toSorted((a, b) => bySeverity(headOf(a.alerts), headOf(b.alerts)));
  const alone = sorted.slice(0, Math.max(0, room));
  const lastStormSec = mailed.findLast(({ topic }) => topic === 'storm')?.atSec ?? Number.NEGATIVE_INFINITY;
  if (lastStormSec + stormEverySec > nowSec) return alone;
  return [
    ...alone,
    ...collected(
      'storm',
      sorted.slice(alone.length).flatMap(({ alerts }) => alerts),
      rules,
    ),
  ];
}

function bySeverity(a: Alert, b: Alert): number {
  const place = ({ finding }: Alert) => severities.indexOf(finding.severity);
  return place(a) - place(b) || a.filedAtSec - b.filedAtSec || (a.finding.id < b.finding.id ? -1 : 1);
}

function mostSevereFirst(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted(bySeverity);
}

function headOf([head]: readonly Alert[]): Alert {
  if (head === undefined) throw new Error('An email about nothing was planned.'); // groupBy makes no empty groups
  return head;
}
