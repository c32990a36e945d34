import type { Invoice, InvoiceLine } from '../../domain/events/billing-event.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import { priceHash } from '../../domain/events/price-hash.ts';
import { type CustomerRecord, historyBefore } from '../../domain/record/customer-record.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { usageByPrice } from '../../domain/record/usage.ts';

/**
 * Whether there is a reason why a line is nothing: a proration, no quantity, a trial, a free price, a subscription that
 * does not bill as it says, or usage within what is free.
 */
export function isLawfullyZero(line: InvoiceLine, invoice: Invoice, record: CustomerRecord): boolean {
  if (line.proration === true || Number(line.quantity) === 0) return true;
  if (/\btrial\b/i.test(line.description ?? '')) return true; // Stripe writes "Trial period for Pro plan"
  if (line.metered) return isWithinAllowance(line, invoice, record);
  const factOf = (key: string) => record.subscriptions.get(key)?.at(-1)?.value;
  const item = line.subscriptionItem ?? '';
  const isFree = factOf(seriesKey.unit(priceHash(line.price ?? '', item), invoice.currency)) === 0;
  const isLive = factOf(seriesKey.item(item, 'live')) !== 0;
  return isFree || !isLive; // not live: in trial, paused or about to change
}

/** A price may begin with free units: less usage than was ever paid for, as far as we know, may be free. */
function isWithinAllowance({ price }: InvoiceLine, invoice: Invoice, record: CustomerRecord): boolean {
  const usage = usageByPrice(invoice).find((used) => used.price === price);
  const object = { atSec: invoice.createdAtSec, hash: objectHash(invoice.id) };
  const earlier = historyBefore(record, 'invoices', seriesKey.usage(price ?? ''), object).filter(isCountable);
  const paid = new Set(paidHashes(record));
  const leastPaid = Math.min(...earlier.filter(({ hash }) => paid.has(hash)).map(({ value }) => value));
  return usage === undefined || usage.perDayMilli < leastPaid;
}

/** The invoices that came to something. */
function paidHashes({ invoices }: CustomerRecord): readonly number[] {
  const amounts = [...invoices].flatMap(([key, series]) => (/^(recurring|one_off):/.test(key) ? series : []));
  return amounts.filter(({ value }) => value > 0).map(({ hash }) => hash);
}
