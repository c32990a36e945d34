import type { Invoice, InvoiceLine } from '../events/billing-event.ts';
import { sumMinor } from '../money/sum-minor.ts';
import { maxValue } from './series.ts';

/**
 * What changes in the middle of a period come to on an invoice, with their own discounts and taxes, in minor units:
 * someone made them, so they are no question of their own. Negative when more is credited than charged.
 */
export function prorationsMinor({ lines }: Pick<Invoice, 'lines'>): number {
  return lines.reduce((sum, line) => (line.proration === true ? sum + owedMinor(line) : sum), 0);
}

/** What is due of an invoice without its prorations; 0 where a credit for them leaves nothing due. */
export function unproratedMinor({
  amountDueMinor,
  lines,
}: Pick<Invoice, 'amountDueMinor' | 'lines'>): number {
  const minor = amountDueMinor > 0 ? amountDueMinor - prorationsMinor({ lines }) : 0;
  return Math.min(maxValue, Math.max(0, minor));
}

function owedMinor({ amountMinor, discounts, taxes }: InvoiceLine): number {
  const added = taxes?.filter(({ inclusive }) => !inclusive) ?? [];
  const discountMinor = sumMinor(discounts?.map((discount) => discount.amountMinor) ?? []) ?? 0;
  const taxMinor = sumMinor(added.map((tax) => tax.amountMinor)) ?? 0;
  return amountMinor - discountMinor + taxMinor;
}
