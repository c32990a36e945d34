import type { Invoice } from '../../../domain/events/billing-event.ts';
import { parseDecimal, plus, roundedQuotient, times, wholeDecimal } from '../../../domain/money/decimal.ts';
import { formatMoney } from '../../../domain/money/money.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';
import { type TaxedAlike, type TaxedLine, taxedByRate } from './taxed-lines.ts';
import { type InvoiceIdentity, isBroken, type Verdict } from './verdict.ts';

const hundred = wholeDecimal(100);

export const lineTaxes: InvoiceIdentity = {
  name: 'line-taxes',
  rule: 'What a tax rate takes is its percentage of what it taxes, except for rounding: to one unit a line.',
  check(invoice) {
    const verdicts = taxedByRate(invoice).map((taxed) => checkRate(taxed, invoice.currency));
    return verdicts.find(isBroken) ?? 'holds';
  },
};

/** The sum first, as it names all that is wrong; then single lines, whose faults may cancel out. */
function checkRate(
  { lines, maybeTaxed, toleranceMinor }: TaxedAlike,
  currency: Invoice['currency'],
): Verdict {
  const maybeMinor = sumMinor(maybeTaxed.map(expectedTax));
  const sum = maybeMinor === null ? 'not provable' : checkTaxes(lines, maybeMinor, toleranceMinor, currency);
  const verdicts = [sum, ...lines.map((line) => checkTaxes([line], 0, toleranceMinor, currency))];
  return verdicts.find(isBroken) ?? 'holds';
}

/**
 * @param taxed some lines of one rate
 * @param maybeMinor so much more may be in the sum: the taxes of lines of which it is not known whether they are taxed
 */
function checkTaxes(
  taxed: readonly TaxedLine[],
  maybeMinor: number,
  toleranceMinor: number,
  currency: Invoice['currency'],
): Verdict {
  const rows = taxed.map((one) => ({ one, expectedMinor: expectedTax(one) }));
  const actualMinor = sumMinor(taxed.map(({ tax }) => tax.amountMinor));
  const taxableMinor = sumMinor(taxed.map((one) => one.taxableMinor));
  const expectedMinor = sumMinor(rows.map((row) => row.expectedMinor));
  const [first] = taxed;
  if (first === undefined || actualMinor === null || taxableMinor === null || expectedMinor === null)
    return 'not provable';
  const leastMinor = expectedMinor + Math.min(0, maybeMinor) - toleranceMinor;
  const mostMinor = expectedMinor + Math.max(0, maybeMinor) + toleranceMinor;
  if (actualMinor >= leastMinor && actualMinor <= mostMinor) return 'holds';
  const money = (amountMinor: number) => formatMoney(amountMinor, currency);
  const percent = `${first.tax.percentage}%`;
  const on = taxed.length === 1 ? ` on "${nameOf(first)}"` : '';
  return {
    what: taxed.length === 1 ? 'tax on an invoice line' : 'tax at one rate',
    actualMinor,
    expectedMinor,
    says:
      `takes ${money(actualMinor)} of tax${on}, but ${percent} of ` +
      `${money(taxableMinor)} is ${money(expectedMinor)}.`,
    rows: rows.map((row) => ({
      label: `${percent} of ${money(row.one.taxableMinor)}: ${nameOf(row.one)}`,
      amountMinor: row.expectedMinor ?? 0,
    })),
  };
}

/** Null where the rate's percentage is not in the event. Of an inclusive tax the taxable amount may hold it: the nearer counts. */
function expectedTax({ tax, taxableMinor }: TaxedLine): number | null {
  const percent = tax.percentage === null ? null : parseDecimal(tax.percentage);
  if (percent === null) return null;
  const dividend = times(wholeDecimal(taxableMinor), percent);
  const net = roundedQuotient(dividend, hundred);
  const gross = tax.inclusive ? roundedQuotient(dividend, plus(hundred, percent)) : net;
  if (net === null || gross === null) return null;
  return Math.abs(tax.amountMinor - gross) < Math.abs(tax.amountMinor - net) ? gross : net;
}

function nameOf({ line }: TaxedLine): string {
  return line.description ?? line.id;
}
