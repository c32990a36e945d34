import type { InvoiceEvent } from './billing-event.ts';

/**
 * Whether a statistical finding about this invoice is worth a person's minute: not when it is void, and not when it
 * is merely edited (a memo, metadata) after it was settled, perhaps years ago.
 */
export function canStillMatter({ kind, invoice }: InvoiceEvent): boolean {
  if (invoice.status === 'void') return false;
  return kind !== 'invoice_updated' || invoice.status === 'draft' || invoice.status === 'open';
}
