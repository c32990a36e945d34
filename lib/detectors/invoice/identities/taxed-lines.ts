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
  /** Lines at that rate whose tax is nothing, by rounding or as they are exempt: their events do not say which. */
  readonly maybeTaxed: readonly TaxedLine[];
  /** How far the sum, or a single line, may lawfully be from the rate times what it taxes. */
  readonly toleranceMinor: number;
  /** The same where no rounding of the whole invoice plays a part. */
  readonly stepsMinor: number;
}

/** Lines an invoice can have: some of them may be cut from the event. Source: https://docs.stripe.com/api/invoices */
const mostLines = 250;

/**
 * The taxes that are the taxable amount times the rate, by rate. Left out: taxes for other reasons, and several inclusive
 * taxes on a line, as each depends on the others.
 *
 * An account may round each line, or round the sum and let the last line take the rest; no API shows which. So a rate
 * is judged by its sum, to one step a line. A single line can be off by as many, as it may be the last one. One more
 * step covers an inclusive tax, which is taken off the taxable amount after it was rounded.
 * Source: https://docs.stripe.com/billing/taxes/tax-rates#rounding
 */
export function taxedByRate({ lines, linesComplete, currency }: Invoice): readonly TaxedAlike[] {
  const byRate = Map.groupBy(lines.flatMap(taxedOn), ({ tax }) => nameOf(tax));
  return [...byRate].map(([name, all]) => {
    const sharing = lines.filter(({ taxes }) =>
      taxes?.some((tax) => nameOf(tax) === name && maySum(tax)),
    ).length;
    const taxed = all.filter(({ tax }) => isPlainTax(tax));
    const step = minorStep(currency);
    const more = all[0]?.tax.inclusive ? 1 : 0;
    return {
      lines: taxed,
      maybeTaxed: all.filter(({ tax }) => !isPlainTax(tax)),
      toleranceMinor: (more + (linesComplete ? sharing : mostLines)) * step,
      stepsMinor: (more + all.length) * step,
    };
  });
}

function nameOf({ rate, inclusive }: Tax): string {
  return `${rate} ${inclusive}`;
}

/** Whether a tax is in the sum that an account may round, whatever its reason. */
function maySum(tax: Tax): boolean {
  return tax.amountMinor !== 0 || isPlainTax(tax) || isMaybeTaxed(tax);
}

/** A zero without a reason: too little to round up, or exempt. */
function isMaybeTaxed({ amountMinor, reason }: Tax): boolean {
  return amountMinor === 0 && (reason === null || reason === 'not_available');
}

function taxedOn(line: InvoiceLine): readonly TaxedLine[] {
  const taxes = line.taxes ?? [];
  const inclusiveCount = taxes.filter(({ inclusive }) => inclusive).length;
  return taxes.flatMap((tax) => {
    const { rate, taxableMinor } = tax;
    if (rate === null || taxableMinor === null || taxableMinor === 0) return [];
    if (!(isPlainTax(tax) || isMaybeTaxed(tax)) || (tax.inclusive && inclusiveCount > 1)) return [];
    return [{ line, tax, rate, taxableMinor }];
  });
}
