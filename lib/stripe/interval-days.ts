import { type Fields, integer, isFields } from './fields.ts';

const longestDays: ReadonlyMap<unknown, number> = new Map([
  ['day', 1],
  ['week', 7],
  ['month', 31],
  ['year', 366],
]);

/**
 * The billing interval of a price, or a plan of old, at its longest; null of a one-time price.
 * @example intervalDays({ recurring: { interval: 'month', interval_count: 3 } }) // 93
 */
export function intervalDays(price: Fields): number | null {
  const { interval, interval_count: count } = isFields(price.recurring) ? price.recurring : price;
  const days = longestDays.get(interval);
  return days === undefined ? null : days * (integer(count) ?? 1);
}
