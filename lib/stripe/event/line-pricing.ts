import type { InvoiceLine } from '../../domain/events/billing-event.ts';
import { daySec } from '../../domain/time.ts';
import { decimal, type Fields, fields, isFields, seconds } from './fields.ts';
import { intervalDays } from './interval-days.ts';

/**
 * `per_unit` only when the line's Price, or its plan of old, says so itself; and in the line's own currency, as the
 * amounts of a price in several currencies are given in its first one; and for one interval, as a line that is billed
 * ahead (`billing_schedules`) is several times its price. Today's lines carry no Price.
 */
export function linePricing(line: Fields): InvoiceLine['pricing'] {
  if (!isFields(line.price) && !isFields(line.plan))
    return hasOwnUnitAmount(line) ? 'per_unit_or_package' : null;
  const price = fields(isFields(line.price) ? line.price : line.plan);
  const transform = price.transform_quantity ?? price.transform_usage ?? null;
  if (price.billing_scheme === 'tiered' || transform !== null) return 'not_per_unit';
  if (price.billing_scheme !== 'per_unit' || price.currency !== line.currency) return null;
  return isWithinInterval(fields(line.period), price) ? 'per_unit' : null;
}

/** A one-time price has no interval, and its line may have any period. */
function isWithinInterval(period: Fields, price: Fields): boolean {
  const { interval } = isFields(price.recurring) ? price.recurring : price;
  if (interval === undefined) return price.recurring === null;
  const lengthSec = (seconds(period.end) ?? 0) - (seconds(period.start) ?? 0);
  return lengthSec <= (intervalDays(price) ?? 0) * daySec;
}

/**
 * A one-off line, whose amount "should always be equal to unit_amount * quantity" (Stripe's reference, InvoiceItem):
 * the unit amount is in the line's currency, and tiers have none. What remains is `transform_quantity`.
 */
function hasOwnUnitAmount(line: Fields): boolean {
  const isOneOff = isFields(fields(line.parent).invoice_item_details);
  return isOneOff && decimal(fields(line.pricing).unit_amount_decimal) !== null;
}
