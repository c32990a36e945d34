import type { Invoice, InvoiceLine, Tax } from '../../domain/billing-event.ts';
import { isPlainTax } from '../../domain/is-plain-tax.ts';
import { minorStep } from '../../domain/money.ts';

/** A tax on one line of which everything is known that says how large it must be. */
export interface TaxedLine {
  readonly line: InvoiceLine;
  readonly tax: Tax;
  readonly rate: string;
  readonly taxableMinor: number;
  /**
   * How far it may be from its rate times the taxable amount: a step for its own rounding, and one more, as an
   * inclusive tax was taken off the taxable amount after it was rounded, and several rates share one rounding.
   */
  readonly toleranceMinor: number;
}

/**
 * The taxes that are the taxable amount times the rate, one by one. Left out: taxes for other reasons; zeros that
 * may be an exemption or reverse charge; and several inclusive taxes on a line, as each depends on the others.
 */
export function taxedLines({ lines, currency }: Invoice): readonly TaxedLine[] {
  const taxed: TaxedLine[] = [];
  const toleranceMinor = 2 * minorStep(currency);
  for (const line of lines) {
    if (line.taxes === null) continue;
    const inclusiveCount = line.taxes.reduce((count, tax) => count + (tax.inclusive ? 1 : 0), 0);
    for (const tax of line.taxes) {
      const { rate, taxableMinor } = tax;
      if (rate === null || taxableMinor === null || taxableMinor === 0) continue;
      if (!isPlainTax(tax) || (tax.inclusive && inclusiveCount > 1)) continue;
      taxed.push({ line, tax, rate, taxableMinor, toleranceMinor });
    }
  }
  return taxed;
}
