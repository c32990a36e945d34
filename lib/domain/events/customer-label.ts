import { cleanText } from '../clean-text.ts';
import type { BillingEvent } from './billing-event.ts';
import { isGuest } from './is-guest.ts';

/** The customer as a sentence names it. For example, `customerLabel(event)` is 'Acme Ltd', or 'cus_123', 'a guest', 'a customer'. */
export function customerLabel(event: Pick<BillingEvent, 'customerName' | 'customer'>): string {
  if (event.customerName !== null) return event.customerName;
  if (event.customer === null) return 'a customer';
  return isGuest(event.customer) ? 'a guest' : (cleanText(event.customer) ?? 'a customer');
}
