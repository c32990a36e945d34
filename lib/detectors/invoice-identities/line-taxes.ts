import type { Invoice } from '../../domain/billing-event.ts';
import { parseDecimal, plus, roundedQuotient, times, wholeDecimal } from '../../domain/decimal.ts';
import { formatMoney } from '../../domain/money.ts';
import { type TaxedLine, taxedLines } from './taxed-lines.ts';
import type { InvoiceIdentity, Verdict } from './verdict.ts';

const hundred = wholeDecimal(100);

export const lineTaxes: InvoiceIdentity = {
  name: 'line-taxes',
  rule: 'A tax on a line is its taxable amount times its rate, but for rounding.',
  check(invoice) {
    const verdicts = taxedLines(invoice).map((taxed) => checkTax(taxed, invoice.currency));
    return verdicts.find((verdict) => typeof verdict === 'object') ?? 'holds';
  },
};

function checkTax(
  { line, tax, taxableMinor, toleranceMinor }: TaxedLine,
  currency: Invoice['currency'],
): Verdict {
  const percent = tax.percentage === null ? null : parseDecimal(tax.percentage);
  if (percent === null) return 'not provable';
  const dividend = times(wholeDecimal(taxableMinor), percent);
  // Of an inclusive tax, the taxable amount is given without the tax or with it.
  const divisors = tax.inclusive ? [hundred, plus(hundred, percent)] : [hundred];
  const distance = (expected: number) => Math.abs(tax.amountMinor - expected);
  const [expectedMinor] = divisors
    .map((divisor) => roundedQuotient(dividend, divisor))
    .filter((expected) => expected !== null)
    .sort((a, b) => distance(a) - distance(b));
  if (expectedMinor === undefined) return 'not provable';
  if (distance(expectedMinor) <= toleranceMinor) return 'holds';
  const name = line.description ?? line.id;
  const money = (amountMinor: number) => formatMoney(amountMinor, currency);
  return {
    what: 'tax on an invoice line',
    actualMinor: tax.amountMinor,
    expectedMinor,
    says:
      `takes ${money(tax.amountMinor)} of tax on "${name}", but ${tax.percentage}% of ` +
      `${money(taxableMinor)} is ${money(expectedMinor)}.`,
    breakdown: {
      rows: [{ label: `${tax.percentage}% of ${money(taxableMinor)}`, amountMinor: expectedMinor }],
      totalLabel: `Tax on ${name}`,
      totalMinor: expectedMinor,
    },
  };
}
