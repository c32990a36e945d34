import type { Subscription, SubscriptionItem } from '../events/subscription.ts';

/**
 * What a unit of an item costs in the currency that its subscription bills in, as a decimal string of minor units. Of a
 * price in several currencies events hold the amount of the first one only; null when that is another one.
 * @example billedUnit({ unitAmountMinor: '4900', currency: 'usd' }, { currency: 'eur' }) // null
 */
export function billedUnit(
  { unitAmountMinor, currency }: Pick<SubscriptionItem, 'currency' | 'unitAmountMinor'>,
  subscription: Pick<Subscription, 'currency'>,
): string | null {
  return currency === subscription.currency ? unitAmountMinor : null;
}
