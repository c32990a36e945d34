import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { RenewalDue } from '../../domain/record/renewals-due.ts';

/**
 * Stores when to check which subscriptions have renewed. A note is a hint, not the truth: the customer's record says
 * what is due when it is checked, so a note is never removed. Every adapter promises (test/contract runs it on each):
 * - what was noted is found under the hour in which it is due, once, however often it was noted;
 * - all that is due in the requested hours is found, however much it is, in the order in which it is due;
 * - a note lasts at least `notedDays` after it was due.
 */
export interface RenewalCalendar {
  note(key: AccountKey, dues: readonly RenewalDue[]): Promise<void>;
  /** Lists renewals due between two hours (see `hourOf`), both included. */
  dueBetween(key: AccountKey, fromHour: number, toHour: number): Promise<readonly RenewalDue[]>;
}

export const notedDays = 30;
