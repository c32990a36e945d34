import type { BillingEvent } from './billing-event.ts';

/** Whom a sentence is about. @example customerLabel(event) // 'Acme Ltd', or 'cus_123', 'a guest', 'a customer' */
export function customerLabel(event: Pick<BillingEvent, 'customerName' | 'customer'>): string {
  if (event.customerName !== null) return event.customerName;
  if (event.customer === null) return 'a customer';
  return event.customer.startsWith('cus_') ? event.customer : 'a guest';
}
