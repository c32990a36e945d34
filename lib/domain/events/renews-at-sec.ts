import type { SubscriptionEvent } from './billing-event.ts';
import type { SubscriptionItem } from './subscription.ts';

// Beyond a quarter it is half a year or a year: people renew such plans, often late and by another subscription.
const longestDays = 100;

/**
 * When Stripe bills a subscription's item next by itself, with nothing more to happen: the end of its period. 0 when
 * it does not, or it is not known: it has ended, ends by then, is paused or unpaid, or a schedule or a pending
 * update decides. A trial is billed at its end; one that ends without a card is cancelled or paused, with an event.
 * For example, `renewsAtSec(exampleSubscription(0), item)` is monthAtSec(1).
 */
export function renewsAtSec({ kind, subscription }: SubscriptionEvent, item: SubscriptionItem): number {
  const { status, isChanging, isPaused, endsWithPeriod, endsAtSec } = subscription;
  const { periodEndSec, intervalDays } = item;
  const isGoing = kind !== 'subscription_deleted' && (status === 'active' || status === 'trialing');
  if (!isGoing || isChanging || isPaused || endsWithPeriod) return 0;
  if (periodEndSec === null || intervalDays === null || intervalDays > longestDays) return 0;
  return endsAtSec !== null && endsAtSec <= periodEndSec ? 0 : periodEndSec;
}
