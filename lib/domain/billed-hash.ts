import type { Invoice, InvoiceLine } from './billing-event.ts';
import { invoiceOccasion } from './invoice-occasion.ts';
import { objectHash } from './object-hash.ts';

const daySec = 86_400;

/**
 * What an invoice bills, in 40 bits, by which a second invoice for the same is known: of a renewal its subscription and
 * moment; of an invoice by hand its very lines, their periods, and the days until it is due, as instalments differ by
 * these alone. Undefined of any other, of one that revises another, of one by hand whose lines are not all there, or
 * that is still a draft, which may be left or filled later. So is what a payment tells of one by hand: the work on it
 * was over before.
 * @example billedHash(renewal) === billedHash({ ...renewal, id: 'in_again' }) // true
 */
export function billedHash(invoice: Invoice): number | undefined {
  const { id, billingReason, status, currency, createdAtSec, dueAtSec, lines } = invoice;
  const occasion = invoiceOccasion(invoice);
  if (occasion !== id) return objectHash(occasion);
  const isDone = status !== 'draft' && status !== 'paid';
  if (billingReason !== 'manual' || !isDone || invoice.isRevision) return undefined;
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
