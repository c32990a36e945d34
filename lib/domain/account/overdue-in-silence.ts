import { hasCome, isOverdue, type RenewalLook } from '../record/is-overdue.ts';
import { hourOf } from './hour-counts.ts';
import type { Stretch } from './silent-stretches.ts';

/** Renewals without an event, in hours in which no event came at all. */
export interface OverdueInSilence {
  /** The silence's first hour, see `hourOf`. */
  readonly fromHour: number;
  /** Whose renewals they are. */
  readonly customers: number;
}

/** From when on a renewal is overdue: Stripe makes its invoice within an hour, and tries to deliver it for another. */
export const overdueAfterHours = 3;

/** Customers: where 1 renewal in 100 is missed for a reason of its own, three are so one time in a million. */
export const minOverdue = 3;

/** Renewals that came just before: where every other one is missed, silence or not, chance does it 1 time in 8. */
const cameBefore = 3;

/**
 * How many customers' renewals were due in a silence and have not come; 0 where silence is not why: one of them came,
 * or of those due just before one did not, though something was heard then.
 * @param looks at those due in the silence and before it, in the order in which they were due
 */
export function overdueIn({ from, to }: Stretch, looks: readonly RenewalLook[]): number {
  const known = looks.filter((look) => isOverdue(look) || hasCome(look));
  const dueIn = (first: number, end: number): readonly RenewalLook[] =>
    known.filter(({ due }) => hourOf(due.dueSec) >= first && hourOf(due.dueSec) < end);
  // Silence may begin within an hour, and an invoice be made an hour late.
  const before = dueIn(0, from - 2).slice(-cameBefore);
  if (dueIn(from, to - 1).some(hasCome) || before.some(isOverdue)) return 0;
  const customers = new Set(
    dueIn(from, to)
      .filter(isOverdue)
      .map(({ due }) => due.customer),
  ).size;
  return customers < minOverdue ? 0 : customers;
}
