import type { CustomerRecord, Part } from '../record/customer-record.ts';
import { isCountable } from '../record/is-countable.ts';
import type { Observation, Series } from '../record/series.ts';
import { seriesKey } from '../record/series-key.ts';

/** What a customer paid or owes in each currency: charges and invoices apart, as one may be the other's payment. */
export function paymentsByCurrency(record: CustomerRecord): ReadonlyMap<string, Payments> {
  const charges = byCurrency(record.charges);
  const invoices = byCurrency(record.invoices);
  const currencies = new Set([...charges.keys(), ...invoices.keys()]);
  return new Map(
    [...currencies].map((currency) => [
      currency,
      { charges: charges.get(currency) ?? [], invoices: invoices.get(currency) ?? [] },
    ]),
  );
}

export interface Payments {
  readonly charges: Series;
  readonly invoices: Series;
}

const amountKey = new RegExp(
  `^(?:${[seriesKey.charge(''), seriesKey.oneOff(''), 'recurring:'].join('|')})(?<currency>[a-z]{3})`,
);

/** Whether the customer ever paid or owed anything in a currency other than this. */
export function hasOtherCurrency({ charges, invoices }: CustomerRecord, currency: string): boolean {
  return [...charges.keys(), ...invoices.keys()].some((key) => (currencyOf(key) ?? currency) !== currency);
}

function currencyOf(key: string): string | undefined {
  return amountKey.exec(key)?.groups?.currency;
}

function byCurrency(part: Part): ReadonlyMap<string, Series> {
  const isPayment = (seen: Observation): boolean => seen.value > 0 && isCountable(seen);
  const known = [...part].flatMap(([key, series]) => {
    const currency = currencyOf(key);
    return currency === undefined ? [] : [{ currency, series: series.filter(isPayment) }];
  });
  const grouped = Map.groupBy(known, ({ currency }) => currency);
  return new Map([...grouped].map(([currency, all]) => [currency, all.flatMap(({ series }) => series)]));
}
