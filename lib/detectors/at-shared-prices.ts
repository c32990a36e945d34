import type { InvoiceEvent, InvoiceLine } from '../domain/billing-event.ts';
import type { CustomerRecord } from '../domain/customer-record.ts';
import { objectHash } from '../domain/object-hash.ts';
import { unitPrices } from '../domain/unit-prices.ts';

/**
 * The part of an invoice, in minor units, that its customer has chosen from the price list: lines at prices that other
 * customers have paid for a while, however much dearer than before. A number of seats may still have a digit too many:
 * of each line so many count as `setHeadroom` times the seats of before.
 * @param lastMinor what the last such invoice came to; 0 where there was none
 * @param shared `Calibration.prices`
 */
export function atSharedPricesMinor(
  { invoice }: InvoiceEvent,
  record: CustomerRecord,
  lastMinor: number,
  setHeadroom: number,
  shared: readonly number[],
): number {
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
      const most = setHeadroom * seatsBefore(line, invoice.currency, record, lastMinor);
      return sum + Math.max(0, line.amountMinor) * Math.min(1, most / seats);
    }, 0);
  return Math.floor((chosenMinor / grossMinor) * dueMinor);
}

/** About so many seats the last invoice paid, at the price that the subscription had before; at least one. */
function seatsBefore(
  { price }: InvoiceLine,
  currency: string,
  record: CustomerRecord,
  lastMinor: number,
): number {
  const own = objectHash(price ?? '');
  const others = unitPrices(record, currency).filter((other) => other.price !== own);
  const newest = others.sort((a, b) => b.toldAtSec - a.toldAtSec)[0];
  if (newest === undefined || newest.unitMinor === 0) return 1;
  return Math.max(1, Math.round(lastMinor / newest.unitMinor));
}
