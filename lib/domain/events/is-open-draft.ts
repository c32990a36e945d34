import type { Invoice } from './billing-event.ts';

/**
 * A draft that someone writes line by line: it is not finalised by itself, so what it lacks may be yet to come.
 * Other drafts are made whole, by Stripe or with a deadline.
 */
export function isOpenDraft({ status, billingReason, finalizesAtSec }: Invoice): boolean {
  return status === 'draft' && billingReason === 'manual' && finalizesAtSec === null;
}
