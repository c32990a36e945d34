import type { Invoice, InvoiceLine } from '../events/billing-event.ts';
import { objectHash } from '../events/object-hash.ts';
import type { CustomerRecord } from './customer-record.ts';
import { listPrice } from './list-price.ts';
import { sameChangeSec } from './same-change.ts';
import { type ItemFact, seriesKey } from './series-key.ts';

/**
 * The part of an invoice that its subscription does not set, in minor units: usage, one-off lines and seats that no one
 * ordered, each with its share of discounts and taxes, and an earlier debt. While that alone is no more than usual, a
 * change of seats or plan makes the amount unusual.
 * For example, `unplannedMinor(invoiceOfTwoSeatsAndUsageFor300, record)` is 300.
 */
export function unplannedMinor(invoice: Invoice, record: CustomerRecord): number {
  const known = invoice.lines.filter(
    (line) => line.proration === true || isSetBySubscription(line, invoice, record),
  );
  const knownMinor = known.reduce((sum, line) => sum + line.amountMinor, 0);
  const { totalMinor, subtotalMinor } = invoice;
  const grossMinor = subtotalMinor ?? totalMinor;
  const share = grossMinor > 0 ? totalMinor / grossMinor : 1;
  const owedBeforeMinor = Math.max(0, invoice.amountDueMinor - totalMinor);
  return Math.round((grossMinor - knownMinor) * share) + owedBeforeMinor;
}

/**
 * Whether a line bills what someone has set on the subscription: its item's price and number of seats. An item that
 * was changed after the invoice was made says nothing against it. And a draft can come before the event of the change
 * that it bills: another price, or what a schedule has planned, is believed until the invoice is finalised.
 * False when no subscription event has named the item, and for usage and tiers.
 */
function isSetBySubscription(line: InvoiceLine, invoice: Invoice, record: CustomerRecord): boolean {
  const fact = (name: ItemFact) =>
    record.subscriptions.get(seriesKey.item(line.subscriptionItem ?? '', name))?.at(-1);
  const price = fact('price');
  if (price === undefined || line.price === null || line.metered) return false;
  const isSamePrice = price.value === objectHash(line.price);
  const isChanging = !isSamePrice || fact('live')?.value === 0;
  if (invoice.status === 'draft' && isChanging) return true;
  if (listPrice(line, invoice.currency, record) === undefined) return false;
  const changedAtSec = price.atSec + Math.floor(price.revision / 2);
  if (changedAtSec > invoice.createdAtSec + sameChangeSec) return true;
  return isSamePrice && fact('quantity')?.value === Number(line.quantity);
}
