import type { BillingEvent } from '../events/billing-event.ts';
import type { CustomerRecord } from './customer-record.ts';
import { seriesKey } from './series-key.ts';

/**
 * Whether a customer lives by one of Stripe's test clocks: bills and subscriptions say so, and charges, which don't,
 * are known by the record.
 * For example, `isSimulated(chargeSucceeded, emptyRecord)` is false.
 */
export function isSimulated(event: BillingEvent, { invoices, subscriptions }: CustomerRecord): boolean {
  if (event.livemode) return false;
  return event.isSimulated === true || invoices.has(seriesKey.clock) || subscriptions.has(seriesKey.clock);
}
