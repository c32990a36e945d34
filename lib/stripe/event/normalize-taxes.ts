import type { Tax } from '../../domain/events/billing-event.ts';
import { decimal, type Fields, fields, flag, id, integer, list } from './fields.ts';

/** Several jurisdictions tax one line; bounds the message's size. */
const maxTaxes = 20;

const reasonShape = /^\w{1,40}$/;

/** Per cent by tax rate id, for the rates whose own object is in the event. */
export type TaxRatePercentages = ReadonlyMap<string, string>;

/** `taxes` (today) or `tax_amounts` (before 2025), of a line or in total; null when missing or unreadable. */
export function normalizeTaxes(value: unknown, percentages: TaxRatePercentages): Tax[] | null {
  return list(value, maxTaxes, (tax) => {
    const amountMinor = integer(tax.amount);
    const inclusive = isInclusive(tax);
    if (amountMinor === null || inclusive === null) return null;
    const rate = id(fields(tax.tax_rate_details).tax_rate) ?? id(tax.tax_rate);
    return {
      amountMinor,
      inclusive,
      rate,
      reason: reasonOf(tax.taxability_reason),
      taxableMinor: integer(tax.taxable_amount),
      percentage: rate === null ? null : (percentages.get(rate) ?? null),
    };
  });
}

function isInclusive(tax: Fields): boolean | null {
  if (tax.tax_behavior === 'inclusive') return true;
  if (tax.tax_behavior === 'exclusive') return false;
  return flag(tax.inclusive);
}

function reasonOf(value: unknown): string | null {
  return typeof value === 'string' && reasonShape.test(value) ? value : null;
}

/**
 * The rates an invoice carries whole: its own defaults and, before 2025, those of each line. A flat fee has no
 * percentage, and of a rate whose effective percentage differs nothing is said.
 */
export function taxRatePercentages(rateLists: readonly unknown[]): TaxRatePercentages {
  const percentages = new Map<string, string>();
  for (const rates of rateLists) {
    if (!Array.isArray(rates)) continue;
    for (const element of rates) {
      const rate = fields(element);
      const rateId = id(rate.id);
      const percentage = decimal(rate.percentage);
      const effective = rate.effective_percentage ?? rate.percentage;
      const isPlain = effective === rate.percentage && rate.rate_type !== 'flat_amount';
      if (rateId !== null && percentage !== null && isPlain) percentages.set(rateId, percentage);
    }
  }
  return percentages;
}
