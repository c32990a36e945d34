import type { Subscription, SubscriptionItem } from '../../domain/events/subscription.ts';
import { daySec } from '../../domain/time.ts';
import { currency, decimal, type Fields, fields, id, integer, isFields, needed, seconds } from './fields.ts';
import { intervalDays } from './interval-days.ts';

/** Stripe allows twenty items a subscription, and more to some. */
const maxItems = 20;
const statusShape = /^\w{1,40}$/;

/**
 * A Stripe subscription of any API version in our words.
 * An item that can't be read is left out: what we do not know of it, no detector claims.
 * @throws UnreadableEventError without id or time
 */
export function normalizeSubscription(subscription: Fields): Subscription {
  const { status } = subscription;
  const endSec = seconds(subscription.current_period_end);
  const { data } = fields(subscription.items);
  const listed = Array.isArray(data) ? data.slice(0, maxItems) : [];
  const items = listed.flatMap((item) => normalizeItem(fields(item), endSec) ?? []);
  return {
    id: needed(id(subscription.id), 'subscription.id'),
    status: typeof status === 'string' && statusShape.test(status) ? status : null,
    // A shape without it is of a time in which a price had one currency.
    currency: currency(subscription.currency) ?? items[0]?.currency ?? null,
    createdAtSec: needed(seconds(subscription.created), 'subscription.created'),
    isChanging: isFields(subscription.pending_update) || id(subscription.schedule) !== null,
    isPaused: isFields(subscription.pause_collection),
    trialEndsAtSec: firstTrialEnd(subscription),
    endsWithPeriod: subscription.cancel_at_period_end === true,
    endsAtSec: seconds(subscription.cancel_at),
    items,
  };
}

/** Null for a trial that was given later, as free weeks for a customer who pays already. */
function firstTrialEnd({ created, trial_start, trial_end }: Fields): number | null {
  const beganSec = seconds(trial_start) ?? seconds(created) ?? 0;
  return beganSec <= (seconds(created) ?? 0) + daySec ? seconds(trial_end) : null;
}

/** Periods moved from the subscription to its items in basil; items may differ. */
function normalizeItem(item: Fields, subscriptionEndSec: number | null): SubscriptionItem | null {
  const itemId = id(item.id);
  const price = isFields(item.price) ? item.price : fields(item.plan);
  const priceId = id(price.id);
  if (itemId === null || priceId === null) return null;
  const transform = price.transform_quantity ?? price.transform_usage ?? null;
  const isPerUnit = price.billing_scheme === 'per_unit' && transform === null;
  return {
    id: itemId,
    price: priceId,
    unitAmountMinor:
      decimal(price.unit_amount_decimal) ?? decimal(price.unit_amount) ?? decimal(price.amount),
    currency: currency(price.currency),
    intervalDays: intervalDays(price),
    pricing: isPerUnit ? 'per_unit' : 'not_per_unit',
    metered: (fields(price.recurring).usage_type ?? price.usage_type) === 'metered',
    quantity: integer(item.quantity),
    periodEndSec: seconds(item.current_period_end) ?? subscriptionEndSec,
  };
}
