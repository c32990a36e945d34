import type { Invoice, Tax } from '../../../domain/events/billing-event.ts';
import { formatMoney, minorStep } from '../../../domain/money/money.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';
import type { InvoiceIdentity, Verdict } from './verdict.ts';

export const taxSums: InvoiceIdentity = {
  name: 'tax-sums',
  rule: 'A tax on an invoice is the sum of that tax on its lines, except for rounding on each line.',
  check(invoice) {
    const { taxes, lines, linesComplete, hasShipping } = invoice;
    if (taxes === null || !linesComplete || hasShipping) return 'not provable';
    const onLines: Tax[] = [];
    for (const line of lines) {
      if (line.taxes === null) return 'not provable';
      onLines.push(...line.taxes);
    }
    // Lines without any tax are those of an invoice that is taxed as a whole.
    if (onLines.length === 0 || [...taxes, ...onLines].some(({ rate }) => rate === null))
      return 'not provable';
    const keys = new Set([...taxes, ...onLines].map(keyOf));
    const verdicts = [...keys].map((key) => checkTax(invoice, taxes, onLines, key));
    return verdicts.find((verdict) => verdict !== 'holds') ?? 'holds';
  },
};

function keyOf({ rate, inclusive }: Tax): string {
  return `${rate} ${inclusive}`;
}

function checkTax(invoice: Invoice, taxes: readonly Tax[], onLines: readonly Tax[], key: string): Verdict {
  const ofThis = onLines.filter((tax) => keyOf(tax) === key);
  const actualMinor = sumMinor(taxes.map((tax) => (keyOf(tax) === key ? tax.amountMinor : 0)));
  const expectedMinor = sumMinor(ofThis.map(({ amountMinor }) => amountMinor));
  if (actualMinor === null || expectedMinor === null) return 'not provable';
  if (Math.abs(actualMinor - expectedMinor) <= ofThis.length * minorStep(invoice.currency)) return 'holds';
  const [actual, expected] = [actualMinor, expectedMinor].map((minor) =>
    formatMoney(minor, invoice.currency),
  );
  return {
    what: 'tax on an invoice',
    actualMinor,
    expectedMinor,
    says: `takes ${actual} of a tax that comes to ${expected} on its lines.`,
    rows: invoice.lines.flatMap((line) =>
      (line.taxes ?? [])
        .filter((tax) => keyOf(tax) === key)
        .map(({ amountMinor }) => ({ label: line.description ?? line.id, amountMinor })),
    ),
  };
}
