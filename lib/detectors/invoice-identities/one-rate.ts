import type { Invoice } from '../../domain/billing-event.ts';
import { roundedQuotient, times, wholeDecimal } from '../../domain/decimal.ts';
import { formatMoney } from '../../domain/money.ts';
import { type TaxedLine, taxedLines } from './taxed-lines.ts';
import type { Broken, InvoiceIdentity } from './verdict.ts';

export const oneRate: InvoiceIdentity = {
  name: 'one-rate',
  rule: 'One tax rate is one percentage: it takes the same share of every line, but for rounding.',
  check(invoice) {
    const all = taxedLines(invoice);
    if (all.length < 2) return 'holds';
    const byRate = Map.groupBy(all, ({ rate, tax }) => `${rate} ${tax.inclusive}`);
    for (const taxed of byRate.values()) {
      const lowest = taxed.reduce((a, b) => (greatestShare(b) < greatestShare(a) ? b : a));
      const highest = taxed.reduce((a, b) => (leastShare(b) > leastShare(a) ? b : a));
      if (!isFee(taxed) && contradict(lowest, highest))
        return contradiction(lowest, highest, invoice.currency);
    }
    return 'holds';
  },
};

/** A fixed amount, on each line or on each unit: such rates exist, and the events don't tell them from others. */
function isFee(taxed: readonly TaxedLine[]): boolean {
  const amounts = taxed.map(({ tax }) => tax.amountMinor);
  const perUnit = taxed.map(({ line, tax }) => tax.amountMinor / wholeUnits(line.quantity));
  return [amounts, perUnit].some((fees) => new Set(fees).size === 1);
}

function wholeUnits(quantity: string | null): number {
  return Math.max(1, Math.trunc(Number(quantity ?? 1)));
}

/** The rate may be this much of the taxable amount, at most. */
function greatestShare({ tax, taxableMinor, toleranceMinor }: TaxedLine): number {
  return (tax.amountMinor + toleranceMinor * Math.sign(taxableMinor)) / taxableMinor;
}

function leastShare({ tax, taxableMinor, toleranceMinor }: TaxedLine): number {
  return (tax.amountMinor - toleranceMinor * Math.sign(taxableMinor)) / taxableMinor;
}

/**
 * Exactly: each tax is rate x taxable to the tolerance; so, whatever the rate, tax_a x taxable_b and
 * tax_b x taxable_a are no further apart than tolerance x (taxable_a + taxable_b).
 */
function contradict(a: TaxedLine, b: TaxedLine): boolean {
  const left = BigInt(a.tax.amountMinor) * BigInt(b.taxableMinor);
  const right = BigInt(b.tax.amountMinor) * BigInt(a.taxableMinor);
  const taxable = BigInt(Math.abs(a.taxableMinor)) + BigInt(Math.abs(b.taxableMinor));
  const allowed = BigInt(a.toleranceMinor) * taxable;
  return left - right > allowed || right - left > allowed;
}

function contradiction(
  low: TaxedLine,
  high: TaxedLine,
  currency: Invoice['currency'],
): Broken | 'not provable' {
  const expectedMinor = roundedQuotient(
    times(wholeDecimal(high.taxableMinor), wholeDecimal(low.tax.amountMinor)),
    wholeDecimal(low.taxableMinor),
  );
  if (expectedMinor === null) return 'not provable';
  const name = ({ line }: TaxedLine) => line.description ?? line.id;
  const taxOf = ({ tax, taxableMinor }: TaxedLine) =>
    `${formatMoney(tax.amountMinor, currency)} on ${formatMoney(taxableMinor, currency)}`;
  return {
    what: 'tax on an invoice line',
    actualMinor: high.tax.amountMinor,
    expectedMinor,
    says: `applies one tax rate as two: ${taxOf(high)} for "${name(high)}", but ${taxOf(low)} for "${name(low)}".`,
    breakdown: {
      rows: [{ label: `At the share taken of ${name(low)}`, amountMinor: expectedMinor }],
      totalLabel: `Tax on ${name(high)}`,
      totalMinor: expectedMinor,
    },
  };
}
