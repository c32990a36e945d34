import type { InvoiceEvent, InvoiceLine } from '../../../domain/events/billing-event.ts';
import { objectHash } from '../../../domain/events/object-hash.ts';
import type { CustomerRecord } from '../../../domain/record/customer-record.ts';
import { replacedPrices } from '../../../domain/record/replaced-prices.ts';
import { sameChangeSec } from '../../../domain/record/same-change.ts';
import type { Series } from '../../../domain/record/series.ts';

/**
 * The part of an invoice, in minor units, that its customer has chosen from the price list: lines at prices that other
 * customers have paid for a while, however much higher than before. A number of seats may still have a digit too many:
 * of each line so many count as `setHeadroom` times the seats before.
 * @param last few such invoices, oldest first
 * @param shared `Calibration.prices`
 */
export function atCatalogPricesMinor(
  event: InvoiceEvent,
  record: CustomerRecord,
  last: Series,
  setHeadroom: number,
  shared: readonly number[],
): number {
  const { invoice } = event;
  const lines = invoice.lines.filter(({ proration }) => proration !== true);
  const grossMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const dueMinor = Math.min(invoice.amountDueMinor, invoice.totalMinor);
  if (grossMinor <= 0 || dueMinor <= 0) return 0;
  const chosenMinor = lines
    .filter(({ price, metered, subscriptionItem }) => {
      return subscriptionItem !== null && !metered && price !== null && shared.includes(objectHash(price));
    })
    .reduce((sum, line) => {
      const seats = Math.max(1, Number(line.quantity ?? 1));
      const most = setHeadroom * seatsBefore(line, event, record, last);
      return sum + Math.max(0, line.amountMinor) * Math.min(1, most / seats);
    }, 0);
  return Math.floor((chosenMinor / grossMinor) * dueMinor);
}

/**
 * About so many seats the last invoice paid, at least one: at the price that was replaced since it was made, or else at
 * this one.
 */
function seatsBefore(
  { price, amountMinor, quantity }: InvoiceLine,
  { invoice: { currency, subscription } }: InvoiceEvent,
  record: CustomerRecord,
  last: Series,
): number {
  const newest = last.at(-1);
  if (newest === undefined) return 1;
  const lastMinor = Math.max(...last.map(({ value }) => value));
  const own = objectHash(price ?? '');
  const replaced = replacedPrices(record, currency).find(
    (other) =>
      other.price !== own &&
      other.subscription === objectHash(subscription ?? '') &&
      other.namedAtSec >= newest.atSec - sameChangeSec,
  );
  const unitMinor = replaced?.unitMinor ?? amountMinor / Math.max(1, Number(quantity ?? 1));
  return unitMinor > 0 ? Math.max(1, Math.round(lastMinor / unitMinor)) : 1;
}
