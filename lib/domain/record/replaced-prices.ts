import type { CustomerRecord } from './customer-record.ts';
import { pricedIn } from './series-key.ts';

/** A licensed price that a subscription of this customer had before it changed to another one. */
export interface ReplacedPrice {
  /** `objectHash` of the price. */
  readonly price: number;
  /** `objectHash` of the subscription. */
  readonly subscription: number;
  readonly unitMinor: number;
  /** The time of the newest event that named it, Unix seconds. */
  readonly namedAtSec: number;
}

/**
 * The licensed prices in a currency that subscriptions named before, and no longer name, newest first; of one
 * moment the most expensive first, so that the same record gives the same order however it was read.
 */
export function replacedPrices(
  { subscriptions }: CustomerRecord,
  currency: string,
): readonly ReplacedPrice[] {
  const newest = new Map<number, number>();
  const named: (ReplacedPrice & { readonly revision: number })[] = [];
  for (const [key, series] of subscriptions) {
    const last = series.at(-1);
    if (last === undefined) continue;
    const { hash: subscription, revision, atSec, value: unitMinor } = last;
    newest.set(subscription, Math.max(newest.get(subscription) ?? 0, revision));
    const price = pricedIn(key, currency);
    if (price === undefined) continue;
    named.push({ price, subscription, unitMinor, revision, namedAtSec: atSec + Math.floor(revision / 2) });
  }
  return named
    .filter(({ subscription, revision }) => revision < (newest.get(subscription) ?? 0))
    .sort((a, b) => b.namedAtSec - a.namedAtSec || b.unitMinor - a.unitMinor || a.price - b.price);
}
