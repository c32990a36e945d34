import type { Invoice } from '../domain/billing-event.ts';
import { counts } from '../domain/counts.ts';
import { type CustomerRecord, historyBefore } from '../domain/customer-record.ts';
import { objectHash } from '../domain/object-hash.ts';
import { seriesKey } from '../domain/series-key.ts';
import { usageByPrice } from '../domain/usage.ts';

const samePrice = 1.2; // times the dearest unit so far: rounding of small bills

/**
 * Whether all of an invoice is seats and usage at prices that the customer has paid before. Then how much it comes to
 * follows from how much was used, which usage-spike judges: beyond a free tier five times the usage is fifteen times
 * the money.
 */
export function isByUsage(invoice: Invoice, record: CustomerRecord): boolean {
  const object = { atSec: invoice.createdAtSec, hash: objectHash(invoice.id) };
  const usages = usageByPrice(invoice);
  const isOfPrice = (price: string | null) => usages.some((usage) => usage.price === price);
  return (
    usages.length > 0 &&
    invoice.lines.every(({ metered, price, subscriptionItem }) =>
      metered ? isOfPrice(price) : subscriptionItem !== null,
    ) &&
    usages.every(({ price, dearestMillionths }) =>
      historyBefore(record, 'invoices', seriesKey.dearest(price), object)
        .filter(counts)
        .some(({ value }) => dearestMillionths <= value * samePrice),
    )
  );
}
