import { formatMoney } from '../../domain/money.ts';
import { sumMinor } from '../../domain/sum-minor.ts';
import { type TaxedLine, taxedLines } from './taxed-lines.ts';
import type { InvoiceIdentity } from './verdict.ts';

export const taxedOnce: InvoiceIdentity = {
  name: 'taxed-once',
  rule: 'A tax rate is applied to a line once.',
  check(invoice) {
    const taxed = taxedLines(invoice);
    for (const [index, first] of taxed.entries()) {
      const second = taxed.slice(index + 1).find((next) => isRepeat(first, next));
      if (second === undefined) continue;
      const expectedMinor = first.tax.amountMinor;
      const actualMinor = expectedMinor + second.tax.amountMinor;
      const name = first.line.description ?? first.line.id;
      const [twice, once] = [actualMinor, expectedMinor].map((minor) => formatMoney(minor, invoice.currency));
      return {
        what: 'tax on an invoice line',
        actualMinor,
        expectedMinor,
        says: `applies the same tax twice to "${name}": ${twice} instead of ${once}.`,
        breakdown: {
          rows: [{ label: `Tax on ${name}, once`, amountMinor: expectedMinor }],
          totalLabel: 'Tax on the line',
          totalMinor: expectedMinor,
        },
      };
    }
    return 'holds';
  },
};

/** The same rate on the same part of a line, and the two parts together are more than the line is worth. */
function isRepeat(a: TaxedLine, b: TaxedLine): boolean {
  if (a.line !== b.line || a.rate !== b.rate || a.taxableMinor !== b.taxableMinor) return false;
  if (a.tax.amountMinor === 0 || Math.abs(a.tax.amountMinor - b.tax.amountMinor) > a.toleranceMinor)
    return false;
  const reductions = a.line.discounts?.map(({ amountMinor }) => -amountMinor) ?? [null];
  const worth = sumMinor([a.line.amountMinor, ...reductions]);
  return worth !== null && 2 * Math.abs(a.taxableMinor) > Math.abs(worth);
}
