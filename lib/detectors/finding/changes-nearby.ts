import type { Invoice, InvoiceEvent, InvoiceLine } from '../../domain/events/billing-event.ts';
import { effectiveDiscount, effectiveTaxes, rateMillionths } from '../../domain/events/effective-rates.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import { productName } from '../../domain/events/product-name.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { type CustomerRecord, historyBefore } from '../../domain/record/customer-record.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import { prorationsMinor } from '../../domain/record/prorations-minor.ts';
import type { Observation, Series } from '../../domain/record/series.ts';
import { type ItemFact, invoiceSeriesKey, seriesKey } from '../../domain/record/series-key.ts';
import { usageByPrice } from '../../domain/record/usage.ts';

/**
 * What else is not on an invoice as it was before, as plain sentences: a change in mid-period, price and seats, a
 * discount, a tax, a meter. Only what the record knows for sure; none when this is the first such invoice.
 * For example, `changesNearby(event, record)` is ['The last invoice had a discount of 20.0%, this one has none.'].
 */
export function changesNearby(event: InvoiceEvent, record: CustomerRecord): readonly string[] {
  const { invoice } = event;
  const object = { atSec: invoice.createdAtSec, hash: objectHash(invoice.id) };
  const before = (key: string) => historyBefore(record, 'invoices', key, object).filter(isCountable);
  const last = before(invoiceSeriesKey(event)).at(-1);
  return [
    ...prorations(invoice),
    ...invoice.lines.flatMap((line) => lineChanges(line, record)),
    ...(last === undefined
      ? []
      : [
          ...discountChanges(invoice, last, before(seriesKey.discount(invoice.currency))),
          ...newTaxes(invoice, (key) => before(key).length > 0),
          ...newMeters(invoice, (key) => before(key).length > 0),
        ]),
  ];
}

function prorations(invoice: Invoice): readonly string[] {
  const amountMinor = prorationsMinor(invoice);
  if (amountMinor <= 0) return [];
  const amount = formatMoney(amountMinor, invoice.currency);
  return [`Someone changed the subscription in the middle of a period: that comes to ${amount} here.`];
}

/** Against what the subscription said when we last heard of it. */
function lineChanges(line: InvoiceLine, { subscriptions }: CustomerRecord): readonly string[] {
  if (line.proration !== false || line.metered || line.subscriptionItem === null) return [];
  const item = line.subscriptionItem;
  const known = (fact: ItemFact) => subscriptions.get(seriesKey.item(item, fact))?.at(-1)?.value;
  const [price, quantity] = [known('price'), known('quantity')];
  const name = `“${productName(line.description) ?? line.id}”`;
  if (price !== undefined && line.price !== null && price !== objectHash(line.price))
    return [`${name} is billed by another price than its subscription had when we last heard of it.`];
  if (quantity !== undefined && line.quantity !== null && quantity !== Number(line.quantity))
    return [
      `${name} is billed ${line.quantity} times; its subscription said ${quantity} when we last heard of it.`,
    ];
  return [];
}

/** @param last the last such invoice; a discount that takes nothing off is a question of its own */
function discountChanges(invoice: Invoice, last: Observation, shares: Series): readonly string[] {
  const share = shares.at(-1);
  const before = share?.hash === last.hash && share.value > 0 ? percent(share.value) : undefined;
  if (invoice.discounts?.length === 0 && before !== undefined)
    return [`The last invoice had a discount of ${before}, this one has none.`];
  const taken = effectiveDiscount(invoice);
  if (taken === undefined || taken.takenMinor === 0) return [];
  const now = percent(rateMillionths(taken));
  if (shares.length === 0) return [`A discount takes ${now} off, the first that we see of this customer.`];
  if (before === undefined || before === now) return [];
  return [`A discount takes ${now} off; on the last invoice it was ${before}.`];
}

function newTaxes(invoice: Invoice, isKnown: (key: string) => boolean): readonly string[] {
  return effectiveTaxes(invoice)
    .filter(({ rate, inclusive, takenMinor }) => takenMinor > 0 && !isKnown(seriesKey.tax(rate, inclusive)))
    .map(
      (tax) =>
        `A tax takes ${formatMoney(tax.takenMinor, invoice.currency)} by a rate that we have not seen of this customer before.`,
    );
}

function newMeters(invoice: Invoice, isKnown: (key: string) => boolean): readonly string[] {
  return usageByPrice(invoice)
    .filter(({ price, amountMinor }) => amountMinor > 0 && !isKnown(seriesKey.usage(price)))
    .map(
      ({ description, amountMinor }) =>
        `“${description}” is billed to this customer for the first time that we see: ${formatMoney(amountMinor, invoice.currency)}.`,
    );
}

function percent(millionths: number): string {
  return `${(millionths / 1e4).toFixed(1)}%`;
}
