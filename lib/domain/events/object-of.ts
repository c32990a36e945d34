import type { BillingEvent } from './billing-event.ts';

/** What the event is about. For example, `objectOf(event).id` is 'in_1'. */
export function objectOf(event: BillingEvent): { readonly id: string } {
  if (event.kind === 'invoice_upcoming') return { id: event.invoice.subscription ?? event.invoice.id };
  if ('invoice' in event) return event.invoice;
  if ('warning' in event) return { id: event.warning.charge };
  if ('dispute' in event) return event.dispute;
  if ('payout' in event) return event.payout;
  if ('creditNote' in event) return event.creditNote;
  if ('meter' in event) return event.meter;
  return 'charge' in event ? event.charge : event.subscription;
}
