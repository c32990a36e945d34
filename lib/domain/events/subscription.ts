import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';

const subscriptionItemSchema = z.object({
  /** `si_...` */
  id: z.string(),
  /** `price_...` */
  price: z.string(),
  /** Decimal string of minor units per unit; null for tiers. */
  unitAmountMinor: z.nullable(z.string()),
  /** The currency of `unitAmountMinor`: the price's first, which need not be the subscription's. */
  currency: z.nullable(z.string()),
  /** What the price is for, at its longest: 31 for a month, 93 for three. */
  intervalDays: z.nullable(z.number()),
  pricing: z.enum(['per_unit', 'not_per_unit']),
  metered: z.boolean(),
  quantity: z.nullable(z.number()),
  periodEndSec: z.nullable(z.int()),
});
export type SubscriptionItem = Immutable<z.infer<typeof subscriptionItemSchema>>;

export const subscriptionSchema = z.object({
  /** `sub_...` */
  id: z.string(),
  status: z.nullable(z.string()),
  /** What it bills in, for as long as it lives. */
  currency: z.nullable(z.string()),
  createdAtSec: z.int(),
  /** A schedule or an update that waits for payment may bill other prices than the items say. */
  isChanging: z.boolean(),
  /** Collection is paused (`pause_collection`): its invoices are drafts, void or written off. */
  isPaused: z.boolean(),
  /** `trial_end` of the trial that it began with, which may be over; null when there was none. */
  trialEndsAtSec: z.nullable(z.int()),
  /** It ends with the paid period (`cancel_at_period_end`). */
  endsWithPeriod: z.boolean(),
  /** It ends at this time (`cancel_at`). */
  endsAtSec: z.nullable(z.int()),
  items: z.array(subscriptionItemSchema),
});
export type Subscription = Immutable<z.infer<typeof subscriptionSchema>>;
