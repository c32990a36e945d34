import type { Invoice } from '../../domain/events/billing-event.ts';
import { effectiveDiscount, rateMillionths } from '../../domain/events/effective-rates.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import type { Series } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';

/**
 * Earlier amounts as they would be with this invoice's discount: a coupon that ends, or one that begins, is no change
 * in what the customer buys. The record keeps the last few shares; amounts of which it knows none stay as they are.
 * For example, `discountAdjusted(invoiceWithoutCoupon, record, [{ value: 750, ... }])` is [{ value: 7500, ... }] after a coupon of 90%.
 */
export function discountAdjusted(invoice: Invoice, { invoices }: CustomerRecord, earlier: Series): Series {
  const shares = invoices.get(seriesKey.discount(invoice.currency)) ?? [];
  const taken = effectiveDiscount(invoice);
  const isKnown = taken !== undefined || invoice.attachedDiscounts?.length === 0;
  if (shares.length === 0 || !isKnown) return earlier;
  const millionths = new Map(shares.map(({ hash, value }) => [hash, value]));
  const left = 1e6 - (taken === undefined ? 0 : rateMillionths(taken));
  return earlier.map((known) => {
    const knownLeft = 1e6 - (millionths.get(known.hash) ?? 1e6);
    return knownLeft > 0 ? { ...known, value: Math.round((known.value * left) / knownLeft) } : known;
  });
}
