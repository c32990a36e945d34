import { isListed } from './is-listed.ts';
import { objectHash } from './object-hash.ts';

/**
 * By what a record knows the amount of a price. One that Stripe made is the same for everybody, for ever. A plan that
 * its merchant named can be deleted and made anew with another amount, while who had it keeps the old one: each item's
 * is a price of its own.
 * @example priceHash('price_1', 'si_1') === priceHash('price_1', 'si_2') // true
 * @example priceHash('gold', 'si_1') === priceHash('gold', 'si_2') // false
 */
export function priceHash(price: string, item: string): number {
  return objectHash(isListed(price) ? price : `${item} ${price}`);
}
