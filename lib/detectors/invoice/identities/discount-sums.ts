import type { Invoice } from '../../../domain/events/billing-event.ts';
import { formatMoney, minorStep } from '../../../domain/money/money.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';
import type { InvoiceIdentity, Verdict } from './verdict.ts';

/**
 * It is not documented how Stripe spreads a percentage over several lines: by rounding each, or the sum. So each may
 * be one unit off.
 */
export const discountSums: InvoiceIdentity = {
  name: 'discount-sums',
  rule: 'What a discount takes off an invoice is the sum of what it takes off the lines, except for rounding on each line.',
  check(invoice) {
    const { discounts, lines, linesComplete, hasShipping } = invoice;
    if (discounts === null || !linesComplete || hasShipping) return 'not provable';
    const ids = new Set(discounts.map(({ discount }) => discount));
    for (const line of lines) {
      if (line.discounts === null) return 'not provable';
      for (const { discount } of line.discounts) ids.add(discount);
    }
    if (ids.has(null)) return 'not provable';
    const verdicts = [...ids].map((discount) => checkDiscount(invoice, discount));
    return verdicts.find((verdict) => verdict !== 'holds') ?? 'holds';
  },
};

function checkDiscount({ discounts, lines, currency }: Invoice, id: string | null): Verdict {
  const ofThis = (reductions: Invoice['discounts']) =>
    sumMinor((reductions ?? []).map(({ discount, amountMinor }) => (discount === id ? amountMinor : 0)));
  const actualMinor = ofThis(discounts);
  const expectedMinor = sumMinor(lines.map((line) => ofThis(line.discounts)));
  if (actualMinor === null || expectedMinor === null) return 'not provable';
  const discounted = lines.filter((line) => line.discounts?.some(({ discount }) => discount === id));
  if (Math.abs(actualMinor - expectedMinor) <= discounted.length * minorStep(currency)) return 'holds';
  const money = (amountMinor: number) => formatMoney(amountMinor, currency);
  return {
    what: 'discount on an invoice',
    actualMinor,
    expectedMinor,
    says: `takes off ${money(actualMinor)} for a discount, but on its lines that discount is ${money(expectedMinor)}.`,
    rows: lines
      .map((line) => ({ label: line.description ?? line.id, amountMinor: ofThis(line.discounts) ?? 0 }))
      .filter((row) => row.amountMinor !== 0),
  };
}
