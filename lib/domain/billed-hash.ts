import type { Invoice } from './billing-event.ts';
import { invoiceOccasion } from './invoice-occasion.ts';
import { objectHash } from './object-hash.ts';

/**
 * What an invoice bills, in 40 bits, by which a second invoice for the same is known: of a renewal its subscription and
 * moment, of an invoice by hand its very lines. Undefined of any other, of one that revises another, and of one by hand
 * whose lines are not all there.
 * @example billedHash(renewal) === billedHash({ ...renewal, id: 'in_again' }) // true
 */
export function billedHash(invoice: Invoice): number | undefined {
  const { id, billingReason, currency, isRevision, lines, linesComplete } = invoice;
  const occasion = invoiceOccasion(invoice);
  if (occasion !== id) return objectHash(occasion);
  if (billingReason !== 'manual' || isRevision || !linesComplete || lines.length === 0) return undefined;
  const contents = lines.map(({ description, amountMinor, quantity }) =>
    JSON.stringify([description, amountMinor, quantity]),
  );
  return objectHash([currency, ...contents.sort()].join('\n'));
}
