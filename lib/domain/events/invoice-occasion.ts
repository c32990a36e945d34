import type { Invoice } from './billing-event.ts';

/**
 * What an invoice is for, by which its findings are named: of a renewal the subscription and the moment in which it
 * renews. The forecast (`invoice.upcoming`) has no id yet, and must be one finding with its draft and its final invoice.
 * Any other invoice, and one that revises another, is for itself.
 * For example, `invoiceOccasion(renewal)` is 'sub_1 1767225600'.
 */
export function invoiceOccasion(invoice: Invoice): string {
  const { id, billingReason, subscription, isRevision, lines } = invoice;
  const renewals = lines.filter((line) => line.subscriptionItem !== null && line.proration === false);
  if (billingReason !== 'subscription_cycle' || subscription === null || isRevision) return id;
  // Seats are paid from then on, usage up to then.
  const renewsAtSec = Math.max(
    ...renewals.map((line) => (line.metered ? line.periodEndSec : line.periodStartSec)),
  );
  return Number.isFinite(renewsAtSec) ? `${subscription} ${renewsAtSec}` : id;
}
