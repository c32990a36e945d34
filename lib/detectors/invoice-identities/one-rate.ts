import type { Invoice } from '../../domain/billing-event.ts';
import { roundedQuotient, times, wholeDecimal } from '../../domain/decimal.ts';
import { formatMoney } from '../../domain/money.ts';
import { type TaxedLine, taxedLines } from './taxed-lines.ts';
import type { Broken, InvoiceIdentity } from './verdict.ts';

export const oneRate: InvoiceIdentity = {
  name: 'one-rate',
  rule: 'One tax rate is one percentage: it takes the same share of every line, to one minor unit.',
  check(invoice) {
    const byRate = Map.groupBy(taxedLines(invoice), ({ rate, tax }) => `${rate} ${tax.inclusive}`);
    for (const taxed of byRate.values()) {
      const lowest = taxed.reduce((a, b) => (greatestShare(b) < greatestShare(a) ? b : a));
      const highest = taxed.reduce((a, b) => (leastShare(b) > leastShare(a) ? b : a));
      const isFlatFee = taxed.every(({ tax }) => tax.amountMinor === taxed[0]?.tax.amountMinor);
      if (!isFlatFee && contradict(lowest, highest)) return contradiction(lowest, highest, invoice.currency);
    }
    return 'holds';
  },
};

/** The rate may be this much of the taxable amount, at most; the tax being rounded to one unit. */
function greatestShare({ tax, taxableMinor }: TaxedLine): number {
  return (tax.amountMinor + Math.sign(taxableMinor)) / taxableMinor;
}

function leastShare({ tax, taxableMinor }: TaxedLine): number {
  return (tax.amountMinor - Math.sign(taxableMinor)) / taxableMinor;
}

/**
 * Exactly: each tax is rate x taxable to one unit; so, whatever the rate, tax_a x taxable_b and tax_b x taxable_a
 * are no further apart than taxable_a + taxable_b.
 */
function contradict(a: TaxedLine, b: TaxedLine): boolean {
  const left = BigInt(a.tax.amountMinor) * BigInt(b.taxableMinor);
  const right = BigInt(b.tax.amountMinor) * BigInt(a.taxableMinor);
  const allowed = BigInt(Math.abs(a.taxableMinor)) + BigInt(Math.abs(b.taxableMinor));
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
