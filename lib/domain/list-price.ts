import type { InvoiceLine } from './billing-event.ts';
import type { CustomerRecord } from './customer-record.ts';
import { parseDecimal, roundedQuotient } from './decimal.ts';
import { objectHash } from './object-hash.ts';
import { seriesKey } from './series-key.ts';

/** What a line must come to by the price that it names. */
export interface ListPrice {
  readonly unitMinor: number;
  readonly quantity: number;
  /** Of a whole period. */
  readonly wholeMinor: number;
  /** Of the line's own period: the first and the last of a subscription can be shorter. */
  readonly leastMinor: number;
}

/**
 * What a licensed line must come to, when a subscription's event has told its price: a Stripe Price can't change, so
 * the quantity on the line times that price, whatever else has become of the subscription since. A period shorter
 * than the price's interval may cost its share, and no less: a month has up to 31 days, so the share is of 31.
 *
 * @returns undefined when that can't be told: of prorations, usage, tiers, fractions of the smallest unit, amounts in
 *   another currency than the price's first, and of several intervals billed ahead
 * @example listPrice(twoSeats, 'usd', record) // { unitMinor: 2900, quantity: 2, wholeMinor: 5800, leastMinor: 5612 }
 */
export function listPrice(
  line: InvoiceLine,
  currency: string,
  { subscriptions }: CustomerRecord,
): ListPrice | undefined {
  if (line.proration !== false || line.subscriptionItem === null || line.price === null) return;
  const price = objectHash(line.price);
  const unitMinor = subscriptions.get(seriesKey.unit(price, currency))?.at(-1)?.value;
  const intervalDays = subscriptions.get(seriesKey.days(price))?.at(-1)?.value;
  const quantity = wholeQuantity(line);
  if (unitMinor === undefined || intervalDays === undefined || quantity === null) return;
  const share = (line.periodEndSec - line.periodStartSec) / (intervalDays * 86_400);
  const wholeMinor = unitMinor * quantity;
  if (!(share > 0 && share <= 1) || !Number.isSafeInteger(wholeMinor)) return;
  return { unitMinor, quantity, wholeMinor, leastMinor: Math.floor(wholeMinor * share) };
}

/** Seats are whole; a fraction is no quantity of a licensed price. */
function wholeQuantity({ quantity }: InvoiceLine): number | null {
  const decimal = quantity === null ? null : parseDecimal(quantity);
  const whole = decimal === null ? null : roundedQuotient(decimal);
  return whole === Number(quantity) && whole >= 0 ? whole : null;
}
