import type { Invoice } from '../../../domain/events/billing-event.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';

/**
 * What discounts and credit grants take off before tax, in minor units. Stripe's pretax credits hold both. Shapes
 * that do not have them, and pretax credits that leave the discounts out, are completed from the discounts.
 */
export function reductionsMinor({ discounts, pretaxCredits }: Invoice): number | null {
  if (pretaxCredits === null) return discounts && sumMinor(discounts.map(({ amountMinor }) => amountMinor));
  const holdsDiscounts = pretaxCredits.some(({ discount }) => discount !== null);
  const all = holdsDiscounts ? pretaxCredits : [...pretaxCredits, ...(discounts ?? [])];
  return sumMinor(all.map(({ amountMinor }) => amountMinor));
}
