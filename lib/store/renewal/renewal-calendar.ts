import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { RenewalDue } from '../../domain/record/renewals-due.ts';

/**
 * When to look which subscriptions have renewed. A note is a hint and never the truth: what is due is told by the
 * customer's record when it is looked at, so that a note is never taken back. What every adapter promises
 * (test/contract runs it on each):
 * - what was noted is found under the hour in which it is due, once, however often it was noted;
 * - all that is due in the hours asked for is found, however much it is, in the order in which it is due;
 * - a note lasts at least `notedDays` after it was due.
 */
export interface RenewalCalendar {
  note(key: AccountKey, dues: readonly RenewalDue[]): Promise<void>;
  /** Both hours (see `hourOf`) included. */
  dueBetween(key: AccountKey, fromHour: number, toHour: number): Promise<readonly RenewalDue[]>;
}

export const notedDays = 30;
