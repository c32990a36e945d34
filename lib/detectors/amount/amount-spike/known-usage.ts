import type { Invoice } from '../../../domain/events/billing-event.ts';
import { objectHash } from '../../../domain/events/object-hash.ts';
import type { CustomerRecord } from '../../../domain/record/customer-record.ts';
import { seriesKey } from '../../../domain/record/series-key.ts';
import { type Usage, usageByPrice } from '../../../domain/record/usage.ts';
import { countedIn } from '../../baseline/expected-range.ts';
import { usageWarmUp } from '../../baseline/usage-warm-up.ts';

const samePrice = 1.2; // times the most expensive unit so far: rounding of small bills

/**
 * What usage makes of an invoice at unit prices that the customer has paid before, with its share of discounts and
 * taxes, in minor units. It follows from how much was used, which usage-spike judges: beyond a free tier five times the
 * usage is fifteen times the money. Left out are usage at a higher price, what is new to usage-spike as well, and what
 * credits and a balance have paid of it.
 */
export function knownUsageMinor(invoice: Invoice, record: CustomerRecord): number {
  const { subtotalMinor, totalMinor, amountDueMinor, pretaxCredits } = invoice;
  const knownMinor = usageByPrice(invoice)
    .filter((usage) => isKnown(usage, invoice, record))
    .reduce((sum, usage) => sum + usage.amountMinor, 0);
  const credits = pretaxCredits?.filter(({ discount }) => discount === null) ?? [];
  const creditMinor = credits.reduce((sum, credit) => sum + credit.amountMinor, 0);
  const restMinor = (subtotalMinor ?? 0) - creditMinor;
  const share = restMinor > 0 ? totalMinor / restMinor : 1;
  const balanceMinor = Math.max(0, totalMinor - amountDueMinor);
  return Math.max(0, Math.round(Math.max(0, knownMinor - creditMinor) * share) - balanceMinor);
}

function isKnown(
  { price, dearestMillionths }: Usage,
  { id }: Invoice,
  { invoices }: CustomerRecord,
): boolean {
  const hash = objectHash(id);
  const others = (key: string) => countedIn(invoices.get(key) ?? []).filter((known) => known.hash !== hash);
  return (
    others(seriesKey.usage(price)).length >= usageWarmUp &&
    others(seriesKey.dearest(price)).some(({ value }) => dearestMillionths <= value * samePrice)
  );
}
