import type { Invoice } from '../../domain/billing-event.ts';
import { formatMoney } from '../../domain/money.ts';
import { sumMinor } from '../../domain/sum-minor.ts';
import type { InvoiceIdentity, Verdict } from './verdict.ts';

export const discountSums: InvoiceIdentity = {
  name: 'discount-sums',
  rule: 'What a discount takes off an invoice is the sum of what it takes off the lines.',
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
  if (actualMinor === expectedMinor) return 'holds';
  const money = (amountMinor: number) => formatMoney(amountMinor, currency);
  return {
    what: 'discount on an invoice',
    actualMinor,
    expectedMinor,
    says: `takes off ${money(actualMinor)} for a discount, but on its lines that discount is ${money(expectedMinor)}.`,
    breakdown: {
      rows: lines
        .map((line) => ({ label: line.description ?? line.id, amountMinor: ofThis(line.discounts) ?? 0 }))
        .filter((row) => row.amountMinor !== 0),
      totalLabel: 'Discount on the lines',
      totalMinor: expectedMinor,
    },
  };
}
