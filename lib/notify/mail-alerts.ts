import type { AccountKey } from '../domain/events/billing-event.ts';
import type { Alert } from '../domain/finding/alert.ts';
import { newDelivery } from '../domain/finding/delivery.ts';
import type { DetectorSummary } from '../domain/finding/detector-summary.ts';
import type { DrawChart } from '../message/chart/chart-drawer.ts';
import type { FeedbackUrl, MailOptions } from '../message/mail-options.ts';
import { counted } from '../message/text/counted.ts';
import type { AccountStore } from '../store/account/account-store.ts';
import type { AlertStore } from '../store/alert/alert-store.ts';
import type { CertificateStore } from '../store/certificate/certificate-store.ts';
import type { DeliveryLedger } from '../store/delivery/delivery-ledger.ts';
import { type Invocation, type MailRun, mailRun } from './delivery/mail-run.ts';
import { resumeAll, sendMessage } from './delivery/send-message.ts';
import { type MailingRules, planMails } from './plan-mails.ts';
import type { Receiver } from './receivers/receiver.ts';

/** A message that a reader does not get, or not by itself. */
export interface GivenUp {
  readonly reader: string;
  /** See `Refusal`; `not-built` or `unconfirmed`. */
  readonly code: string;
  readonly message: string;
}

export interface Mailing {
  readonly store: AlertStore;
  readonly ledger: DeliveryLedger;
  readonly drawChart: DrawChart;
  readonly receiver: Receiver;
  readonly rules: MailingRules;
  readonly rendering: Omit<MailOptions, 'nowSec' | 'chart' | 'feedbackUrl' | 'listeningSinceSec'>;
  /** Says since when an account's events are seen; when it can't be read, an email goes out without. */
  readonly accounts: Pick<AccountStore, 'loadState'>;
  /** Links for an email; undefined when they can't be made: the email goes out without. */
  readonly feedbackLinks: () => Promise<FeedbackUrl | undefined>;
  /** Every detector. */
  readonly detectors: readonly DetectorSummary[];
  /** Receivers of the weekly report. */
  readonly reportTo: readonly string[];
  readonly certificates: Pick<CertificateStore, 'load'>;
  readonly nowSec: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Least time in which an email is begun; with less, the rest is for the next run. */
  readonly slowestMailMs: number;
  /** Alarms the operator that a reader does not get an email; again each hour while that is so. */
  readonly onGivenUp: (what: GivenUp) => void;
}

/** Thrown when some emails could not be sent. They wait for the next run, in a minute. */
export class MailsNotSentError extends AggregateError {
  constructor(errors: readonly unknown[]) {
    super(errors, `${counted(errors.length, 'email')} could not be sent.`);
    this.name = 'MailsNotSentError';
  }
}

/** Most alerts read in one run; an email of a storm lists all of them. */
const mostWaiting = 10_000;

/** Mails what waits and is due, for every account. @throws {MailsNotSentError} some were not sent, the others were */
export async function mailAllAlerts(mailing: Mailing, invocation: Invocation): Promise<void> {
  const errors: unknown[] = [];
  const keys = [...(await mailing.store.accountsWaiting()), ...(await mailing.ledger.accounts())];
  const byName = new Map(keys.map((key) => [`${key.account} ${key.livemode}`, key]));
  for (const key of byName.values()) {
    const done = mailRun(key, mailing, invocation, (run) => mailAlerts(key, run));
    errors.push(...(await done.catch((error: unknown) => [error])));
  }
  if (errors.length > 0) throw new MailsNotSentError(errors);
}

/**
 * Mails what waits and is due in one account, under its lease. First it goes on with what is under way: that stays as it
 * was planned. Nothing is lost: what is not recorded waits, and the next run has it.
 */
async function mailAlerts(key: AccountKey, run: MailRun): Promise<void> {
  const { store, rules, nowSec, receiver } = run.mailing;
  const underway = await resumeAll(run);
  const isUnderway = new Set(underway.flatMap(({ kind, alerts }) => (kind === 'resolved' ? [] : alerts)));
  const waiting = (await store.waiting(key, mostWaiting)).filter(
    ({ finding }) => !isUnderway.has(finding.id),
  );
  const unsent = await withoutUnrecorded(waiting, run);
  const isForAnybody = ({ finding }: Alert) =>
    rules.recipientsOf(finding).some((one) => !run.holds.isHeld(one));
  for (const { alerts, ...mail } of planMails(unsent.filter(isForAnybody), run.before, rules, nowSec())) {
    if (!run.isTimeLeft()) return;
    const ids = alerts.map(({ finding }) => finding.id);
    const planned = { ...mail, receiver: receiver.name, plannedAtSec: nowSec(), alerts: ids };
    await sendMessage(newDelivery(planned), alerts, run);
  }
}

/** Records what a release before sent without recording it, which it noted in the lease for a day. */
async function withoutUnrecorded(waiting: readonly Alert[], run: MailRun): Promise<readonly Alert[]> {
  const ids = new Set(run.before.flatMap(({ unrecorded = [] }) => unrecorded));
  const sent = waiting.filter(({ finding }) => ids.has(finding.id));
  if (sent.length > 0) await run.mailing.store.recordMailed(sent, run.mailing.nowSec());
  return waiting.filter(({ finding }) => !ids.has(finding.id));
}
