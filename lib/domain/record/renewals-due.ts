import type { BillingEvent } from '../events/billing-event.ts';
import { renewsAtSec } from '../events/renews-at-sec.ts';

/** When an invoice should be made, and for which customer: where to look later, not what is true then. */
export interface RenewalDue {
  /** `sub_...` */
  readonly subscription: string;
  readonly customer: string;
  /** End of the paid period, Unix seconds. */
  readonly dueSec: number;
}

/**
 * The renewals that an event makes us expect: one a subscription, or one an interval where its items have several; none
 * under a test clock, which stands still until someone moves it.
 * For example, `renewalsDue(exampleSubscription(0))` is [{ subscription: 'sub_1', customer: 'cus_acme', dueSec: monthAtSec(1) }].
 */
export function renewalsDue(event: BillingEvent): readonly RenewalDue[] {
  const { customer } = event;
  if (!('subscription' in event) || customer === null || event.isSimulated) return [];
  const { id: subscription, items } = event.subscription;
  const times = new Set(items.map((item) => renewsAtSec(event, item)).filter((atSec) => atSec > 0));
  return [...times].map((dueSec) => ({ subscription, customer, dueSec }));
}
