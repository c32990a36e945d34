export interface Subscription {
  /** `sub_...` */
  readonly id: string;
  readonly status: string | null;
  /** What it bills in, for as long as it lives. */
  readonly currency: string | null;
  readonly createdAtSec: number;
  /** A schedule or an update that waits for payment may bill other prices than the items say. */
  readonly isChanging: boolean;
  /** Collection is paused (`pause_collection`): its invoices are drafts, void or written off. */
  readonly isPaused: boolean;
  /** `trial_end` of the trial that it began with, which may be over; null when there was none. */
  readonly trialEndsAtSec: number | null;
  /** It ends with the paid period (`cancel_at_period_end`). */
  readonly endsWithPeriod: boolean;
  /** It ends at this time (`cancel_at`). */
  readonly endsAtSec: number | null;
  readonly items: readonly SubscriptionItem[];
}

export interface SubscriptionItem {
  /** `si_...` */
  readonly id: string;
  /** `price_...` */
  readonly price: string;
  /** Decimal string of minor units per unit; null for tiers. */
  readonly unitAmountMinor: string | null;
  /** Of `unitAmountMinor`: the price's first currency, which need not be the subscription's. */
  readonly currency: string | null;
  /** What the price is for, at its longest: 31 for a month, 93 for three. */
  readonly intervalDays: number | null;
  readonly pricing: 'per_unit' | 'not_per_unit';
  readonly metered: boolean;
  readonly quantity: number | null;
  readonly periodEndSec: number | null;
}
