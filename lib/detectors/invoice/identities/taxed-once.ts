import { formatMoney } from '../../../domain/money/money.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';
import { type TaxedLine, taxedByRate } from './taxed-lines.ts';
import type { InvoiceIdentity } from './verdict.ts';

export const taxedOnce: InvoiceIdentity = {
  name: 'taxed-once',
  rule: 'A tax rate is applied to a line once.',
  check(invoice) {
    const pairs = taxedByRate(invoice).flatMap(({ lines, stepsMinor }) =>
      lines.flatMap((first, index) => {
        const second = lines.slice(index + 1).find((next) => isRepeat(first, next, stepsMinor));
        return second === undefined ? [] : [{ first, second }];
      }),
    );
    const expectedMinor = sumMinor(pairs.map(({ first }) => first.tax.amountMinor));
    const actualMinor = sumMinor(
      pairs.flatMap(({ first, second }) => [first.tax.amountMinor, second.tax.amountMinor]),
    );
    if (pairs.length === 0) return 'holds';
    if (expectedMinor === null || actualMinor === null) return 'not provable';
    const names = pairs.map(({ first: { line } }) => line.description ?? line.id);
    const [twice, once] = [actualMinor, expectedMinor].map((minor) => formatMoney(minor, invoice.currency));
    const others = pairs.length > 1 ? ` and to ${pairs.length - 1} more` : '';
    return {
      what: pairs.length === 1 ? 'tax on an invoice line' : 'tax on invoice lines',
      actualMinor,
      expectedMinor,
      says: `applies the same tax twice to "${names[0]}"${others}: ${twice} instead of ${once}.`,
      rows: pairs.map(({ first }, index) => ({
        label: `Tax on ${names[index]}, once`,
        amountMinor: first.tax.amountMinor,
      })),
    };
  },
};

/** The same rate on the same part of a line, and the two parts together are more than the line is worth. */
function isRepeat(a: TaxedLine, b: TaxedLine, toleranceMinor: number): boolean {
  if (a.line !== b.line || a.taxableMinor !== b.taxableMinor) return false;
  if (a.tax.amountMinor === 0 || Math.abs(a.tax.amountMinor - b.tax.amountMinor) > toleranceMinor)
    return false;
  const reductions = a.line.discounts?.map(({ amountMinor }) => -amountMinor) ?? [null];
  const worth = sumMinor([a.line.amountMinor, ...reductions]);
  return worth !== null && 2 * Math.abs(a.taxableMinor) > Math.abs(worth);
}
