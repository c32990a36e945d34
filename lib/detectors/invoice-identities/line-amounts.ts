import type { Invoice, InvoiceLine } from '../../domain/billing-event.ts';
import {
  compare,
  type Decimal,
  magnitude,
  minus,
  parseDecimal,
  plus,
  roundedQuotient,
  times,
  wholeDecimal,
} from '../../domain/decimal.ts';
import { formatMoney } from '../../domain/money.ts';
import type { InvoiceIdentity, Verdict } from './verdict.ts';

const one = wholeDecimal(1);

export const lineAmounts: InvoiceIdentity = {
  name: 'line-amounts',
  rule: 'A line at a price per unit is that price times the quantity, to less than one minor unit.',
  check({ lines, currency }) {
    const verdicts = lines.map((line) => checkLine(line, currency));
    return verdicts.find((verdict) => typeof verdict === 'object') ?? 'holds';
  },
};

function checkLine(line: InvoiceLine, currency: Invoice['currency']): Verdict {
  // Prorations are parts of a price; a trial's line is nothing, whatever its price.
  if (line.pricing !== 'per_unit' || line.proration !== false || line.amountMinor === 0)
    return 'not provable';
  const unit = line.unitAmountMinor === null ? null : parseDecimal(line.unitAmountMinor);
  const quantity = line.quantity === null ? null : parseDecimal(line.quantity);
  if (unit === null || quantity === null) return 'not provable';
  const exact = times(unit, quantity);
  const excess = minus(wholeDecimal(line.amountMinor), exact);
  if (compare(magnitude(excess), one) < 0) return 'holds';
  if (isExplained(line, exact, unit)) return 'not provable';
  const expectedMinor = roundedQuotient(exact, one);
  if (expectedMinor === null) return 'not provable';
  const name = line.description ?? line.id;
  const product = `${line.quantity} × ${line.unitAmountMinor}`;
  const [actual, expected] = [line.amountMinor, expectedMinor].map((minor) => formatMoney(minor, currency));
  return {
    what: 'amount of an invoice line',
    actualMinor: line.amountMinor,
    expectedMinor,
    says: `charges ${actual} for "${name}", but its price times its quantity is ${expected}.`,
    breakdown: {
      rows: [{ label: `${name}: ${product} minor units`, amountMinor: expectedMinor }],
      totalLabel: 'What the line should be',
      totalMinor: expectedMinor,
    },
  };
}

/**
 * A subscription's first or last period can be shorter than its price's, without being called a proration. And
 * where older shapes truncate the quantity (of usage and of invoice items), a line can be up to one unit more.
 */
function isExplained(line: InvoiceLine, exact: Decimal, unit: Decimal): boolean {
  const amount = wholeDecimal(line.amountMinor);
  if (amount.units < 0n !== exact.units < 0n) return false;
  const more = minus(magnitude(amount), magnitude(exact));
  if (more.units < 0n) return line.subscriptionItem !== null;
  const mayBeTruncated = line.metered || line.subscriptionItem === null;
  return mayBeTruncated && compare(more, plus(magnitude(unit), one)) < 0;
}
