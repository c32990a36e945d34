import type { Invoice, InvoiceLine, Tax } from '../../../domain/events/billing-event.ts';
import { isPlainTax } from '../../../domain/events/is-plain-tax.ts';
import { minorStep } from '../../../domain/money/money.ts';

/** A tax on one line of which everything is known that says how large it must be. */
export interface TaxedLine {
  readonly line: InvoiceLine;
  readonly tax: Tax;
  readonly rate: string;
  readonly taxableMinor: number;
}

/** The lines that one rate taxes in one way. */
export interface TaxedAlike {
  readonly lines: readonly TaxedLine[];
  /** How far the sum, or a single line, may lawfully be from the rate times what it taxes. */
  readonly toleranceMinor: number;
}

/** Lines an invoice can have: some of them may be cut from the event. Source: https://docs.stripe.com/api/invoices */
const mostLines = 250;

/**
 * The taxes that are the taxable amount times the rate, by rate. Left out: taxes for other reasons; zeros that may be
 * an exemption or reverse charge; and several inclusive taxes on a line, as each depends on the others.
 *
 * An account may round each line, or round the sum and let the last line take the rest; no API shows which. So a rate
 * is judged by its sum, to one step a line. A single line can be off by as many, as it may be the last one. One more
 * step covers an inclusive tax, which is taken off the taxable amount after it was rounded.
 * Source: https://docs.stripe.com/billing/taxes/tax-rates#rounding
 */
export function taxedByRate({ lines, linesComplete, currency }: Invoice): readonly TaxedAlike[] {
  const byRate = Map.groupBy(lines.flatMap(taxedOn), ({ rate, tax }) => `${rate} ${tax.inclusive}`);
  return [...byRate.values()].map((taxed) => ({
    lines: taxed,
    toleranceMinor: (1 + (linesComplete ? taxed.length : mostLines)) * minorStep(currency),
  }));
}

function taxedOn(line: InvoiceLine): readonly TaxedLine[] {
  const taxes = line.taxes ?? [];
  const inclusiveCount = taxes.filter(({ inclusive }) => inclusive).length;
  return taxes.flatMap((tax) => {
    const { rate, taxableMinor } = tax;
    if (rate === null || taxableMinor === null || taxableMinor === 0) return [];
    if (!isPlainTax(tax) || (tax.inclusive && inclusiveCount > 1)) return [];
    return [{ line, tax, rate, taxableMinor }];
  });
}
