import type { Invoice } from './billing-event.ts';

/**
 * What people call this invoice, to begin a sentence with.
 * For example, `invoiceLabel(invoice)` is 'Invoice ACME-0042', or 'Draft invoice' as long as it has no number.
 */
export function invoiceLabel(invoice: Pick<Invoice, 'id' | 'number' | 'status'>): string {
  if (invoice.number !== null) return `Invoice ${invoice.number}`;
  if (invoice.id.startsWith('upcoming_')) return 'Upcoming invoice';
  return invoice.status === 'draft' ? 'Draft invoice' : 'Invoice';
}
