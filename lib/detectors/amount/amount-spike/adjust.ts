import { historyBefore } from '../../../domain/record/customer-record.ts';
import { prorationsMinor } from '../../../domain/record/prorations-minor.ts';
import type { Series } from '../../../domain/record/series.ts';
import { invoiceSeriesKey, seriesKey } from '../../../domain/record/series-key.ts';
import {
  hasOtherInvoices,
  invoicedAmounts,
  purchasesAmong,
  withExpected,
} from '../../baseline/comparable-amounts.ts';
import { discountAdjusted } from '../../baseline/discount-adjusted.ts';
import { countedIn } from '../../baseline/expected-range.ts';
import { unprorated } from '../../baseline/unprorated.ts';
import type { Subject } from './subject.ts';

/** What is judged, and what it is compared with. */
export interface Adjusted {
  /** The part of the amount that is no question: it moves what is expected up. */
  readonly explainedMinor: number;
  /** The customer's earlier charges; asked for by few invoices. */
  readonly charges: () => Series;
  /** Earlier invoices of the same kind. */
  readonly invoices: Series;
  /** What an invoice is compared with instead of them. */
  readonly instead: Series | undefined;
}

/** Begins with all that the record holds of the same kind. */
export function unadjusted({ record, currency, object, invoice }: Subject): Adjusted {
  return {
    explainedMinor: 0,
    charges: () => historyBefore(record, 'charges', seriesKey.charge(currency), object),
    invoices:
      invoice === undefined ? [] : historyBefore(record, 'invoices', invoiceSeriesKey(invoice), object),
    instead: undefined,
  };
}

/** What the amount is compared with, oldest first: nothing that is void, refused or called an error. */
export function comparedWith({ charges, invoices, instead }: Adjusted, { invoice }: Subject): Series {
  return countedIn(invoice === undefined ? charges() : (instead ?? invoices));
}

/** It says nothing of a purchase, nor of a charge whose own invoice is still under way to us. */
export function purchasesOnly(past: Adjusted, { record, currency }: Subject): Adjusted {
  return { ...past, charges: () => purchasesAmong(past.charges(), invoicedAmounts(record, currency)) };
}

/** What was expected of an invoice goes for its payment. */
export function expectedInvoices(past: Adjusted, { record, currency }: Subject): Adjusted {
  return { ...past, charges: () => withExpected(past.charges(), invoicedAmounts(record, currency)) };
}

/** Someone made the change. Credits explain nothing. */
export function prorationsAside(past: Adjusted, { invoice }: Subject): Adjusted {
  const explainedMinor = invoice === undefined ? 0 : Math.max(0, prorationsMinor(invoice.invoice));
  return explainedMinor === 0 ? past : { ...past, explainedMinor };
}

export function pastUnprorated(past: Adjusted, { invoice, record, currency }: Subject): Adjusted {
  return invoice === undefined ? past : { ...past, invoices: unprorated(past.invoices, record, currency) };
}

export function sameDiscount(past: Adjusted, { invoice, record }: Subject): Adjusted {
  return invoice === undefined
    ? past
    : { ...past, invoices: discountAdjusted(invoice.invoice, record, past.invoices) };
}

/** Does nothing where there are invoices of another kind: the charges may have paid those. */
export function chargesInstead(past: Adjusted, { invoice, record, currency, knobs }: Subject): Adjusted {
  if (invoice === undefined) return past;
  const alike = countedIn(past.invoices);
  if (alike.length >= knobs.warmUp || hasOtherInvoices(record, currency, invoiceSeriesKey(invoice)))
    return past;
  const charges = countedIn(past.charges());
  return charges.length <= alike.length ? past : { ...past, instead: charges };
}

/** Counts them however few they are: a term's fee is no spike among school trips. */
export function feesBesideCharges(past: Adjusted): Adjusted {
  if (past.instead === undefined) return past;
  const fees = countedIn(past.invoices).map((seen) => ({ ...seen, verdict: 'expected' as const }));
  return { ...past, instead: withExpected(past.instead, fees) };
}
