import type { InvoiceLine } from '../events/billing-event.ts';
import { priceHash } from '../events/price-hash.ts';
import { parseDecimal, roundedProduct, roundedQuotient, times } from '../money/decimal.ts';
import { daySec } from '../time.ts';
import type { CustomerRecord } from './customer-record.ts';
import { seriesKey } from './series-key.ts';

/** What a line must come to by the price that it names. */
export interface ListPrice {
  /** The unit price; for usage it may be a fraction. */
  readonly unitMinor: number;
  readonly quantity: number;
  /** The amount of a whole period. */
  readonly wholeMinor: number;
  /** The amount of the line's own period: the first and the last of a subscription can be shorter. */
  readonly leastMinor: number;
  /** Older shapes cut fractions off the quantity, up to one unit of usage. */
  readonly mostMinor: number;
}

/**
 * What a line of a subscription must come to, when a subscription's event has named its price: a Stripe Price can't
 * change, so the quantity on the line times that price, whatever else has become of the subscription since.
 * For example, `listPrice(twoSeats, 'usd', record)` is
 * { unitMinor: 2900, quantity: 2, wholeMinor: 5800, leastMinor: 5612, mostMinor: 5800 }.
 *
 * @returns undefined when that is not known: for prorations, tiers, packages, amounts in another currency than the
 *   price's first; for seats at fractions of the smallest unit, and of several intervals billed ahead
 */
export function listPrice(
  line: InvoiceLine,
  currency: string,
  { subscriptions }: CustomerRecord,
): ListPrice | undefined {
  if (line.proration !== false || line.subscriptionItem === null || line.price === null) return;
  const price = priceHash(line.price, line.subscriptionItem);
  const factOf = (key: string) => subscriptions.get(key)?.at(-1)?.value;
  const rate = factOf(seriesKey.rate(price, currency));
  if (rate !== undefined) return usagePrice(line, rate);
  const unitMinor = factOf(seriesKey.unit(price, currency));
  const intervalDays = factOf(seriesKey.days(price));
  if (unitMinor === undefined || intervalDays === undefined) return;
  return seatPrice(line, unitMinor, intervalDays);
}

/** A period shorter than the interval may cost its share, and no less: a month has up to 31 days, so of 31. */
function seatPrice(line: InvoiceLine, unitMinor: number, intervalDays: number): ListPrice | undefined {
  const quantity = wholeQuantity(line);
  const share = (line.periodEndSec - line.periodStartSec) / (intervalDays * daySec);
  if (quantity === null || !(share > 0 && share <= 1)) return;
  const wholeMinor = unitMinor * quantity;
  if (!Number.isSafeInteger(wholeMinor)) return;
  return {
    unitMinor,
    quantity,
    wholeMinor,
    leastMinor: Math.floor(wholeMinor * share),
    mostMinor: wholeMinor,
  };
}

/** Usage costs the same however long it took. @param rate millionths of a minor unit per unit */
function usagePrice({ quantity, quantityIsExact }: InvoiceLine, rate: number): ListPrice | undefined {
  const count = quantity === null ? null : parseDecimal(quantity);
  const wholeMinor = count && roundedQuotient(times(count, { units: BigInt(rate), scale: 6 }));
  if (wholeMinor === null) return;
  const unitMinor = rate / 1e6;
  const mostMinor = quantityIsExact ? wholeMinor : wholeMinor + Math.ceil(unitMinor);
  return { unitMinor, quantity: Number(quantity), wholeMinor, leastMinor: wholeMinor, mostMinor };
}

/** Seats are whole; a fraction is no quantity of a licensed price. */
function wholeQuantity({ quantity }: InvoiceLine): number | null {
  const whole = quantity === null ? null : roundedProduct(quantity, '1');
  return whole === Number(quantity) && whole >= 0 ? whole : null;
}
