import { daySec } from '../time.ts';
import type { InvoiceEvent, InvoiceLine } from './billing-event.ts';
import { invoiceOccasion } from './invoice-occasion.ts';
import { objectHash } from './object-hash.ts';

/**
 * What an invoice bills, in 40 bits, by which a second invoice for the same is known: of a renewal its subscription and
 * moment; of an invoice by hand its exact lines, their periods, and the days until it is due, as instalments differ by
 * these alone. Of one by hand only the event that makes it final says so, and the one that voids it: a draft may be left,
 * and what comes later is no work on it. Undefined of any other, of one that revises another, and where lines are missing.
 * For example, `billedHash(renewal) === billedHash({ ...renewal, invoice: { ...renewal.invoice, id: 'in_again' } })` is true.
 */
export function billedHash({ kind, invoice }: InvoiceEvent): number | undefined {
  const { id, billingReason, currency, createdAtSec, dueAtSec, lines } = invoice;
  const occasion = invoiceOccasion(invoice);
  if (occasion !== id) return objectHash(occasion);
  const isSaid = kind === 'invoice_finalized' || kind === 'invoice_voided';
  if (billingReason !== 'manual' || !isSaid || invoice.isRevision) return undefined;
  if (!invoice.linesComplete || lines.length === 0) return undefined;
  const dueDays = dueAtSec === null ? null : Math.round((dueAtSec - createdAtSec) / daySec);
  return objectHash([currency, dueDays, ...lines.map(contentOf).sort()].join('\n'));
}

/** Stripe dates a line without a period of its own from one moment to the same. */
function contentOf({
  description,
  amountMinor,
  quantity,
  periodStartSec,
  periodEndSec,
}: InvoiceLine): string {
  const period = periodEndSec > periodStartSec ? [periodStartSec, periodEndSec] : [];
  return JSON.stringify([description, amountMinor, quantity, ...period]);
}
