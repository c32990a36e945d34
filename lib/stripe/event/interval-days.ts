import { type Fields, integer, isFields } from './fields.ts';

const longestDays: ReadonlyMap<unknown, number> = new Map([
  ['day', 1],
  ['week', 7],
  ['month', 31],
  ['year', 366],
]);

/** Stripe takes three years; one price for longer than this is a mistake. */
const mostDays = 3_660;

/**
 * The billing interval of a price, or a plan of old, at its longest; null of a one-time price.
 * @example intervalDays({ recurring: { interval: 'month', interval_count: 3 } }) // 93
 */
export function intervalDays(price: Fields): number | null {
  const { interval, interval_count: count } = isFields(price.recurring) ? price.recurring : price;
  const days = (longestDays.get(interval) ?? 0) * (integer(count) ?? 1);
  return days > 0 && days <= mostDays ? days : null;
}
