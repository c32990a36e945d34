import type { Invoice } from '../domain/billing-event.ts';
import { counts } from '../domain/counts.ts';
import type { CustomerRecord } from '../domain/customer-record.ts';
import { objectHash } from '../domain/object-hash.ts';
import { seriesKey } from '../domain/series-key.ts';
import { usageByPrice } from '../domain/usage.ts';

const samePrice = 1.2; // times the dearest unit so far: rounding of small bills

/**
 * What usage makes of an invoice at unit prices that the customer has paid before, with its share of discounts and
 * taxes, in minor units. It follows from how much was used, which usage-spike judges: beyond a free tier five times the
 * usage is fifteen times the money. Usage at a dearer price is left out.
 */
export function knownUsageMinor(invoice: Invoice, { invoices }: CustomerRecord): number {
  const hash = objectHash(invoice.id);
  const isPaidBefore = (price: string, unitMillionths: number): boolean =>
    (invoices.get(seriesKey.dearest(price)) ?? [])
      .filter((known) => known.hash !== hash && counts(known))
      .some(({ value }) => unitMillionths <= value * samePrice);
  const knownMinor = usageByPrice(invoice)
    .filter(({ price, dearestMillionths }) => isPaidBefore(price, dearestMillionths))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const { subtotalMinor, totalMinor } = invoice;
  const share = subtotalMinor !== null && subtotalMinor > 0 ? totalMinor / subtotalMinor : 1;
  return Math.round(knownMinor * share);
}
