import type { InvoiceLine } from '../domain/billing-event.ts';
import { type Fields, fields, integer, isFields } from './fields.ts';

const longestDays: ReadonlyMap<unknown, number> = new Map([
  ['day', 1],
  ['week', 7],
  ['month', 31],
  ['year', 366],
]);

/**
 * `per_unit` only when the line's Price, or its plan of old, says so itself; and in the line's own currency, as the
 * amounts of a price in several currencies are given in its first one; and for one interval, as a line that is billed
 * ahead (`billing_schedules`) is several times its price.
 */
export function linePricing(line: Fields): InvoiceLine['pricing'] {
  const price = fields(isFields(line.price) ? line.price : line.plan);
  const transform = price.transform_quantity ?? price.transform_usage ?? null;
  if (price.billing_scheme === 'tiered' || transform !== null) return 'not_per_unit';
  if (price.billing_scheme !== 'per_unit' || price.currency !== line.currency) return null;
  return isWithinInterval(fields(line.period), price) ? 'per_unit' : null;
}

/** A one-time price has no interval, and its line may have any period. */
function isWithinInterval(period: Fields, price: Fields): boolean {
  const { interval, interval_count: count } = isFields(price.recurring) ? price.recurring : price;
  if (interval === undefined) return price.recurring === null;
  const days = (longestDays.get(interval) ?? 0) * (integer(count) ?? 1);
  const lengthSec = (integer(period.end) ?? 0) - (integer(period.start) ?? 0);
  return lengthSec <= days * 86_400;
}
