import type { InvoiceEvent } from '../../domain/events/billing-event.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import {
  type CustomerRecord,
  historyBefore,
  type ObjectInTime,
} from '../../domain/record/customer-record.ts';
import { matchesPayment } from '../../domain/record/matches-payment.ts';
import type { Series } from '../../domain/record/series.ts';
import { invoiceSeriesKey, seriesKey } from '../../domain/record/series-key.ts';
import { discountAdjusted } from './discount-adjusted.ts';
import { countedIn } from './expected-range.ts';
import { unprorated } from './unprorated.ts';

/**
 * What the customer was charged before this charge. What paid an invoice that we know of is another kind: it says
 * nothing of a purchase, nor of a charge whose own invoice is still under way to us.
 */
export function chargesBefore(record: CustomerRecord, currency: string, charge: ObjectInTime): Series {
  const invoices = invoicedAmounts(record, currency);
  const earlier = historyBefore(record, 'charges', seriesKey.charge(currency), charge);
  return withExpected(purchasesAmong(earlier, invoices), invoices); // what was expected of an invoice goes for its payment
}

/** Those charges that paid none of the invoices. */
export function purchasesAmong(charges: Series, invoices: Series): Series {
  return charges.filter((known) => !invoices.some((invoice) => matchesPayment(known, invoice)));
}

/**
 * What such an invoice is compared with: renewals of the same interval; while those are fewer than `enough` what the
 * customer was charged, unless that was for invoices of another kind, which say nothing of this one. Next to charges,
 * what such invoices came to is usual however few they are: a term's fee is no spike among school trips.
 */
export function amountsBefore(event: InvoiceEvent, record: CustomerRecord, enough: number): Series {
  const { id, currency, createdAtSec } = event.invoice;
  const object = { atSec: createdAtSec, hash: objectHash(id) };
  const key = invoiceSeriesKey(event);
  const earlier = historyBefore(record, 'invoices', key, object);
  const alike = countedIn(discountAdjusted(event.invoice, record, unprorated(earlier, record, currency)));
  if (alike.length >= enough || hasOtherInvoices(record, currency, key)) return alike;
  const charges = countedIn(chargesBefore(record, currency, object));
  if (charges.length <= alike.length) return alike;
  return withExpected(
    charges,
    alike.map((seen) => ({ ...seen, verdict: 'expected' })),
  );
}

/** A series with the values of another that are called expected. */
export function withExpected(series: Series, other: Series): Series {
  const expected = other.filter((seen) => seen.verdict === 'expected' && !series.includes(seen));
  return expected.length === 0 ? series : [...series, ...expected].sort((a, b) => a.atSec - b.atSec);
}

/** Whether the customer has invoices of another kind in the currency. @param key the series of this kind */
export function hasOtherInvoices(record: CustomerRecord, currency: string, key: string): boolean {
  return amountKeys(record, currency).some((other) => other !== key);
}

/** Every amount that the customer was invoiced in the currency. */
export function invoicedAmounts(record: CustomerRecord, currency: string): Series {
  return amountKeys(record, currency).flatMap((key) => record.invoices.get(key) ?? []);
}

function amountKeys(record: CustomerRecord, currency: string): readonly string[] {
  const prefixes = [seriesKey.recurring(currency, ''), seriesKey.oneOff(currency)];
  return [...record.invoices.keys()].filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));
}
