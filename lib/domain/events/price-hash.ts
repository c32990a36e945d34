import { isListed } from './is-listed.ts';
import { objectHash } from './object-hash.ts';

/**
 * The key under which a record holds the amount of a price. A price that Stripe named never changes. A plan that its
 * merchant named can be deleted and created again with another amount, while its subscribers keep the old one: so each
 * item has a price of its own.
 * @example priceHash('price_1', 'si_1') === priceHash('price_1', 'si_2') // true
 * @example priceHash('gold', 'si_1') === priceHash('gold', 'si_2') // false
 */
export function priceHash(price: string, item: string): number {
  return objectHash(isListed(price) ? price : `${item} ${price}`);
}
