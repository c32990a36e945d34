import * as z from 'zod/mini';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { Alert, Outcome } from '../../domain/finding/alert.ts';
import type { Finding } from '../../domain/finding/finding.ts';
import type { Immutable } from '../../domain/schema/immutable.ts';

/** The key of an alert. */
export type AlertKey = Pick<Finding, 'account' | 'livemode' | 'id'>;

/** The lease to mail an account's alerts, until it expires. */
export interface MailingLease {
  readonly key: AccountKey;
  readonly untilSec: number;
  /** The emails of the last day, oldest first, for `planMails`. */
  readonly mailed: readonly MailedNote[];
  /** Readers that are refused at present. */
  readonly refused: readonly RefusedReader[];
}

const mailedNote = z.object({
  atSec: z.int(),
  /** What it was about: see `PlannedMail`. */
  topic: z.string(),
  /** A release before wrote it: ids of alerts that were sent, where the table did not take that. Not to be sent again. */
  unrecorded: z.optional(z.array(z.string())),
});
/** An email that was sent. */
export type MailedNote = Immutable<z.infer<typeof mailedNote>>;

/** The emails of a day as they are stored: a plain list, so without a version. */
export const mailedNotesSchema = z.array(mailedNote);

const refusedReader = z.object({
  reader: z.string(),
  /** See `Refusal`. */
  code: z.string(),
  sinceSec: z.int(),
  /** Until then nothing is sent to it. */
  retryAtSec: z.int(),
});
/** A reader that the receiver refuses, such as an address that is not verified. */
export type RefusedReader = Immutable<z.infer<typeof refusedReader>>;

/** Refused readers as they are stored, a plain list, too. When it is lost, they are tried again. */
export const refusedReadersSchema = z.array(refusedReader);

/**
 * How long a lease lasts: longer than the alert function may run, so that no other worker mails meanwhile. test/infra
 * checks that.
 */
export const leaseSec = 90;

/**
 * Stores alerts from the queue to their end. Every adapter promises (test/contract runs it on each):
 * - a finding filed again is the same alert: it waits once, and never again after it was mailed;
 * - of any number of leases requested at once, one is granted for an account; it expires by itself;
 * - what was recorded as mailed stays so for more than a year.
 */
export interface AlertStore {
  /** Files a finding: it waits to be mailed. @returns false when it was mailed or muted before */
  file(finding: Finding, nowSec: number): Promise<boolean>;
  /** Files a finding as muted; changes nothing about one that was filed before. */
  fileMuted(finding: Finding, untilSec: number, nowSec: number): Promise<void>;
  /** Lists every account in which something may wait. */
  accountsWaiting(): Promise<readonly AccountKey[]>;
  /** Lists what was filed and not mailed, in the order of filing, at most `limit` of them. */
  waiting(key: AccountKey, limit: number): Promise<readonly Alert[]>;
  acquireLease(key: AccountKey, nowSec: number): Promise<MailingLease | 'held'>;
  /**
   * Returns the lease, with the emails that were sent under it and the readers that are refused now. Changes nothing if
   * it expired and another worker holds it.
   */
  releaseLease(
    turn: MailingLease,
    mailed: readonly MailedNote[],
    refused: readonly RefusedReader[],
  ): Promise<void>;
  /** Records that a reader has the email about these alerts. Doing it again, with the same time, changes nothing. */
  recordMailed(alerts: readonly Alert[], nowSec: number): Promise<void>;
  /** Loads an alert; undefined when it is unknown or forgotten. */
  load(key: AlertKey): Promise<Alert | undefined>;
  /** Loads alerts in the order of their ids, without those that are unknown or forgotten. */
  loadAll(key: AccountKey, ids: readonly string[]): Promise<readonly Alert[]>;
  /**
   * Reads what was mailed at or after a time, in no order, page by page: after a storm it is more than memory holds.
   */
  mailedSince(key: AccountKey, sinceSec: number): AsyncIterable<Alert>;
  /** Records an outcome; null removes it. Writing the same again changes nothing. */
  recordOutcome(key: AlertKey, outcome: Outcome | null): Promise<void>;
}
