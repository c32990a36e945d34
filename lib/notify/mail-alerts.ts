import type { AccountKey } from '../domain/events/billing-event.ts';
import type { Finding } from '../domain/finding/finding.ts';
import type { DrawChart } from '../message/chart/chart-drawer.ts';
import type { Mailer } from '../message/email/mailer.ts';
import { type MailOptions, renderMail } from '../message/email/render-mail.ts';
import type { FeedbackUrl } from '../message/mail-options.ts';
import type { PlannedMail } from '../message/planned-mail.ts';
import { counted } from '../message/text/counted.ts';
import type { AccountStore } from '../store/account/account-store.ts';
import type { AlertStore, MailedNote } from '../store/alert/alert-store.ts';
import { type MailingRules, planMails } from './plan-mails.ts';
import { withLease } from './with-lease.ts';

export interface Mailing {
  readonly store: AlertStore;
  readonly drawChart: DrawChart;
  readonly mailer: Mailer;
  readonly rules: MailingRules;
  readonly rendering: Omit<MailOptions, 'nowSec' | 'chart' | 'feedbackUrl' | 'listeningSinceSec'>;
  /** Says since when an account's events are seen; when it can't be read, an email goes out without. */
  readonly accounts: Pick<AccountStore, 'loadState'>;
  /** Links for an email; undefined when they can't be made: the email goes out without. */
  readonly feedbackLinks: () => Promise<FeedbackUrl | undefined>;
  readonly nowSec: () => number;
  /** Least time in which an email is begun; with less, the rest is for the next run. */
  readonly slowestMailMs: number;
  /** Stores findings that no email can be sent about, for a person to look at. */
  readonly sendToDeadLetters: (findings: readonly Finding[]) => Promise<void>;
  /** True for an error that will be the same tomorrow: SES refuses the email itself, its sender or its recipients. */
  readonly isPermanent: (error: unknown) => boolean;
}

/**
 * Thrown when some emails could not be sent. Their alerts wait for the next run, in a minute, or are among the dead
 * letters.
 */
export class MailsNotSentError extends AggregateError {
  constructor(errors: readonly unknown[]) {
    super(errors, `${counted(errors.length, 'email')} could not be sent.`);
    this.name = 'MailsNotSentError';
  }
}

/** Most alerts read in one run; an email of a storm lists all of them. */
const mostWaiting = 10_000;

/** Mails what waits and is due, for every account. @throws {MailsNotSentError} some were not sent, the others were */
export async function mailAllAlerts(mailing: Mailing, remainingMs: () => number): Promise<void> {
  const errors: unknown[] = [];
  for (const key of await mailing.store.accountsWaiting())
    errors.push(...(await mailAlerts(key, mailing, remainingMs)));
  if (errors.length > 0) throw new MailsNotSentError(errors);
}

/**
 * Mails what waits and is due in one account, under its lease, so that only one worker does. It sends, then records.
 *
 * Nothing is lost: what is not recorded waits, and the next run has it. An email is sent twice only if SES accepts it
 * and this is not recorded. Either the function crashes or the answer is lost between SES and the record, or the table
 * refuses both the record and the end of the lease. SES has no way to ask, so we choose twice over never.
 * @returns why some were not sent
 */
async function mailAlerts(
  key: AccountKey,
  mailing: Mailing,
  remainingMs: () => number,
): Promise<readonly unknown[]> {
  const { store, rules, nowSec, slowestMailMs } = mailing;
  const errors: unknown[] = [];
  await withLease(key, mailing, async (before, mailed) => {
    const waiting = await store.waiting(key, mostWaiting);
    const sentIds = new Set(before.flatMap(({ unrecorded = [] }) => unrecorded));
    const { sent = [], unsent = [] } = Object.groupBy(waiting, ({ finding }) =>
      sentIds.has(finding.id) ? 'sent' : 'unsent',
    );
    if (sent.length > 0) await store.recordMailed(sent, nowSec());
    const planned = planMails(unsent, before, rules, nowSec());
    if (planned.length === 0) return;
    const rendering = await renderingFor(key, mailing);
    for (const mail of planned) {
      if (remainingMs() < slowestMailMs) break;
      try {
        mailed.push(await sendMail(mail, rendering, mailing));
      } catch (error) {
        errors.push(error);
      }
    }
  });
  return errors;
}

/** Options for all emails of an account in this run: read once, as an account's state is large. */
export async function renderingFor(key: AccountKey, mailing: Mailing): Promise<MailOptions> {
  const { accounts, rendering, feedbackLinks, nowSec } = mailing;
  const listeningSinceSec = await accounts.loadState(key).then(
    ({ state }) => state.listeningSinceSec || undefined, // 0 before the first sweep
    () => undefined,
  );
  return { ...rendering, listeningSinceSec, feedbackUrl: await feedbackLinks(), nowSec: nowSec() };
}

async function sendMail(mail: PlannedMail, rendering: MailOptions, mailing: Mailing): Promise<MailedNote> {
  const { store, drawChart, mailer, nowSec, sendToDeadLetters, isPermanent } = mailing;
  const { finding } = mail.alerts[0] ?? {};
  const chart = mail.kind === 'alert' && finding ? await drawChart(finding, rendering.timeZone) : undefined;
  const atSec = nowSec();
  try {
    await mailer.send({
      ...renderMail(mail, { ...rendering, nowSec: atSec, chart }),
      to: mail.to,
      tags: {
        kind: mail.kind,
        ...(mail.kind === 'alert' ? { detector: finding?.detector ?? '' } : {}),
        severity: finding?.severity ?? '',
        mode: finding?.livemode === false ? 'test' : 'live',
      },
      writtenAtSec: atSec,
      alertIds: mail.alerts.map((alert) => alert.finding.id),
    });
  } catch (error) {
    if (isPermanent(error)) {
      await sendToDeadLetters(mail.alerts.map((alert) => alert.finding));
      await store.giveUp(mail.alerts);
    }
    throw error;
  }
  const note = { atSec, topic: mail.topic };
  try {
    await store.recordMailed(mail.alerts, nowSec());
    return note;
  } catch {
    return { ...note, unrecorded: mail.alerts.map((alert) => alert.finding.id) };
  }
}
