import * as z from 'zod/mini';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { Alert, Outcome } from '../../domain/finding/alert.ts';
import type { Finding } from '../../domain/finding/finding.ts';
import type { Immutable } from '../../domain/schema/immutable.ts';

/** Which alert it is. */
export type AlertKey = Pick<Finding, 'account' | 'livemode' | 'id'>;

/** The right to mail an account's alerts, until it runs out. */
export interface MailingTurn {
  readonly key: AccountKey;
  readonly untilSec: number;
  /** The emails of the last day, oldest first: what `planMails` asks. */
  readonly mailed: readonly MailedNote[];
}

const mailedNote = z.object({
  atSec: z.int(),
  /** What it was about: see `PlannedMail`. */
  topic: z.string(),
  /** Ids of its alerts, when it was sent and that could not be recorded: they must not be sent again. */
  unrecorded: z.optional(z.array(z.string())),
});
/** An email that was sent. */
export type MailedNote = Immutable<z.infer<typeof mailedNote>>;

/** The emails of a day as they are stored: a plain list, so without a version. */
export const mailedNotesSchema = z.array(mailedNote);

/**
 * How long a turn is good for: longer than the alert function may run, so that nobody else mails meanwhile.
 * test/infra holds it to that.
 */
export const turnSec = 90;

/**
 * Keeps alerts from the queue to their end. What every adapter promises (test/contract runs it on each):
 * - a finding filed again is the same alert: it waits once, and never again after it was mailed;
 * - of any number of turns asked for at once, one account's is given to one; it runs out by itself;
 * - what was recorded as mailed stays so for more than a year.
 */
export interface AlertStore {
  /** Puts a finding where it waits to be mailed. @returns false when it was mailed or muted before */
  file(finding: Finding, nowSec: number): Promise<boolean>;
  /** Keeps a finding that nobody is to be told of; changes nothing of one that was filed before. */
  fileMuted(finding: Finding, untilSec: number, nowSec: number): Promise<void>;
  /** Every account of which something may wait. */
  accountsWaiting(): Promise<readonly AccountKey[]>;
  /** What was filed and not mailed, first filed first, at most `limit` of them. */
  waiting(key: AccountKey, limit: number): Promise<readonly Alert[]>;
  takeTurn(key: AccountKey, nowSec: number): Promise<MailingTurn | 'held'>;
  /** Gives the turn back, with the emails that were sent in it. Changes nothing if it ran out and another has it. */
  endTurn(turn: MailingTurn, mailed: readonly MailedNote[]): Promise<void>;
  /** SES took the email that tells of these alerts. */
  recordMailed(alerts: readonly Alert[], nowSec: number): Promise<void>;
  /** They wait no more, though nobody was told: they are among the dead letters. Filed again, they wait again. */
  giveUp(alerts: readonly Alert[]): Promise<void>;
  /** Undefined when it is not known, or forgotten. */
  load(key: AlertKey): Promise<Alert | undefined>;
  /** What was mailed at or after a time, in no order, some at a time: after a storm it is more than memory holds. */
  mailedSince(key: AccountKey, sinceSec: number): AsyncIterable<Alert>;
  /** Null takes an outcome back. Writing the same again changes nothing. */
  recordOutcome(key: AlertKey, outcome: Outcome | null): Promise<void>;
}
