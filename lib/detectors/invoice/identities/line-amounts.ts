import type { Invoice, InvoiceLine } from '../../../domain/events/billing-event.ts';
import {
  type Decimal,
  parseDecimal,
  roundedProduct,
  roundedQuotient,
  times,
  wholeDecimal,
} from '../../../domain/money/decimal.ts';
import { formatMoney, minorStep } from '../../../domain/money/money.ts';
import type { InvoiceIdentity, Verdict } from './verdict.ts';

export const lineAmounts: InvoiceIdentity = {
  name: 'line-amounts',
  rule: 'A line at a price per unit is that price times the quantity, except for rounding.',
  check({ lines, currency }) {
    const verdicts = lines.map((line) => checkLine(line, currency));
    return verdicts.find((verdict) => typeof verdict === 'object') ?? 'holds';
  },
};

function checkLine(line: InvoiceLine, currency: Invoice['currency']): Verdict {
  // Prorations are parts of a price; a trial's line is nothing, whatever its price.
  const isPerUnit = line.pricing === 'per_unit' || line.pricing === 'per_unit_or_package';
  if (!isPerUnit || line.proration !== false || line.amountMinor === 0) return 'not provable';
  if (line.unitAmountMinor === null || line.quantity === null) return 'not provable';
  const expectedMinor = roundedProduct(line.unitAmountMinor, line.quantity);
  if (expectedMinor === null) return 'not provable';
  const stepMinor = minorStep(currency);
  if (Math.abs(line.amountMinor - expectedMinor) <= stepMinor) return 'holds';
  const unit = parseDecimal(line.unitAmountMinor);
  if (unit === null || isExplained(line, expectedMinor, unit, stepMinor)) return 'not provable';
  const name = line.description ?? line.id;
  const product = `${line.quantity} × ${line.unitAmountMinor}`;
  const [actual, expected] = [line.amountMinor, expectedMinor].map((minor) => formatMoney(minor, currency));
  return {
    what: 'amount of an invoice line',
    actualMinor: line.amountMinor,
    expectedMinor,
    says: `charges ${actual} for "${name}", but its price times its quantity is ${expected}.`,
    rows: [{ label: `${name}: ${product} minor units`, amountMinor: expectedMinor }],
  };
}

/**
 * A subscription's first or last period can be shorter than its price's, without being called a proration. And
 * where older shapes truncate the quantity (of usage and of invoice items), a line can be up to one unit more.
 */
function isExplained(line: InvoiceLine, expectedMinor: number, unit: Decimal, stepMinor: number): boolean {
  if (line.amountMinor < 0 !== expectedMinor < 0) return false;
  const moreMinor = Math.abs(line.amountMinor) - Math.abs(expectedMinor);
  if (moreMinor < 0) return line.subscriptionItem !== null || mayBePackages(line, unit, stepMinor);
  const oneUnitMinor = roundedQuotient(unit);
  const mayBeTruncated = !line.quantityIsExact && (line.metered || line.subscriptionItem === null);
  return mayBeTruncated && oneUnitMinor !== null && moreMinor <= Math.abs(oneUnitMinor) + stepMinor;
}

/** `transform_quantity` divides the quantity, by two at least, and rounds: a whole number of units is paid. */
function mayBePackages(line: InvoiceLine, unit: Decimal, stepMinor: number): boolean {
  const { pricing, amountMinor, quantity, quantityIsExact } = line;
  const packages = roundedQuotient(wholeDecimal(amountMinor), unit);
  const paidMinor = packages === null ? null : roundedQuotient(times(unit, wholeDecimal(packages)));
  if (pricing !== 'per_unit_or_package' || packages === null || paidMinor === null) return false;
  const mostUnits = Number(quantity) + (quantityIsExact ? 0 : 1);
  return Math.abs(amountMinor - paidMinor) <= stepMinor && packages <= Math.ceil(mostUnits / 2);
}
