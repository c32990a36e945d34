import type { InvoiceEvent } from '../domain/billing-event.ts';
import { type CustomerRecord, historyBefore, type ObjectInTime } from '../domain/customer-record.ts';
import { objectHash } from '../domain/object-hash.ts';
import { pays } from '../domain/pays.ts';
import type { Series } from '../domain/series.ts';
import { invoiceSeriesKey, seriesKey } from '../domain/series-key.ts';
import { atItsDiscount } from './at-its-discount.ts';
import { type UsualKnobs, type UsualRange, usualRange } from './usual-range.ts';

/**
 * What the customer was usually charged before this charge. What paid an invoice that we know of is another kind: it
 * says nothing of a purchase, nor of a charge whose own invoice is still under way to us.
 */
export function usualCharge(
  record: CustomerRecord,
  currency: string,
  charge: ObjectInTime,
  knobs: UsualKnobs,
): UsualRange | undefined {
  const invoices = invoicedAmounts(record, currency);
  const earlier = historyBefore(record, 'charges', seriesKey.charge(currency), charge);
  const purchases = earlier.filter((known) => !invoices.some((invoice) => pays(known, invoice)));
  return admitting(invoices, usualRange(purchases, knobs), knobs); // what was expected of an invoice goes for its payment
}

/**
 * What such an invoice usually comes to: renewals of the same interval; else what the customer was charged, unless
 * that was for invoices of another kind, which say nothing of this one.
 */
export function usualInvoice(
  event: InvoiceEvent,
  record: CustomerRecord,
  knobs: UsualKnobs,
): UsualRange | undefined {
  const { id, currency, createdAtSec } = event.invoice;
  const object = { atSec: createdAtSec, hash: objectHash(id) };
  const key = invoiceSeriesKey(event);
  const earlier = historyBefore(record, 'invoices', key, object);
  const alike = atItsDiscount(event.invoice, record, earlier);
  const hasOtherKinds = amountKeys(record, currency).some((other) => other !== key);
  const known = usualRange(alike, knobs);
  if (known !== undefined || hasOtherKinds) return known;
  return admitting(alike, usualCharge(record, currency, object, knobs), knobs);
}

/** The range widened to the values that a person called expected, though it was made from others. */
function admitting(
  series: Series,
  range: UsualRange | undefined,
  { headroom }: UsualKnobs,
): UsualRange | undefined {
  const expected = series
    .filter(({ verdict }) => verdict === 'expected')
    .map(({ value }) => value * headroom);
  return range && { ...range, high: Math.floor(Math.max(range.high, ...expected)) };
}

/** Every amount that the customer was invoiced in the currency. */
export function invoicedAmounts(record: CustomerRecord, currency: string): Series {
  return amountKeys(record, currency).flatMap((key) => record.invoices.get(key) ?? []);
}

function amountKeys(record: CustomerRecord, currency: string): readonly string[] {
  const prefixes = [seriesKey.recurring(currency, ''), seriesKey.oneOff(currency)];
  return [...record.invoices.keys()].filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));
}
