import type { Invoice } from '../../../domain/events/billing-event.ts';
import { formatMoney } from '../../../domain/money/money.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';
import { reductionsMinor } from './reductions.ts';
import type { InvoiceIdentity } from './verdict.ts';

export const total: InvoiceIdentity = {
  name: 'total',
  rule: 'The total of an invoice is the sum of its lines, less discounts and credits, plus exclusive taxes.',
  check(invoice) {
    const reduced = reductionsMinor(invoice);
    const exclusive = exclusiveTaxMinor(invoice);
    const base = beforeReductions(invoice, reduced);
    if (reduced === null || exclusive === null || base === null || invoice.hasShipping) return 'not provable';
    const expectedMinor = sumMinor([base.amountMinor, -reduced, exclusive]);
    if (expectedMinor === null) return 'not provable';
    if (expectedMinor === invoice.totalMinor) return 'holds';
    // A shape without pretax credits does not show what a credit grant took off.
    if (invoice.pretaxCredits === null && invoice.totalMinor < expectedMinor) return 'not provable';
    const money = (amountMinor: number) => formatMoney(amountMinor, invoice.currency);
    return {
      what: 'invoice total',
      actualMinor: invoice.totalMinor,
      expectedMinor,
      says: `says ${money(invoice.totalMinor)}, but its own lines, discounts and taxes add up to ${money(expectedMinor)}.`,
      rows: [
        ...base.rows(),
        { label: 'Discounts and credits', amountMinor: -reduced },
        { label: 'Taxes on top', amountMinor: exclusive },
      ].filter((row) => row.amountMinor !== 0),
    };
  },
};

/** Inclusive taxes are in the lines' amounts already. */
function exclusiveTaxMinor({ taxes }: Invoice): number | null {
  return taxes && sumMinor(taxes.map((tax) => (tax.inclusive ? 0 : tax.amountMinor)));
}

/**
 * The lines or, when Stripe cut them, the subtotal. The subtotal is net of the discounts on single lines, which can't
 * be separated from the others, so it serves only where nothing at all was taken off.
 */
function beforeReductions(
  { lines, linesComplete, subtotalMinor, discounts }: Invoice,
  reduced: number | null,
) {
  if (linesComplete) {
    const amountMinor = sumMinor(lines.map((line) => line.amountMinor));
    const rows = () =>
      lines.map((line) => ({ label: line.description ?? line.id, amountMinor: line.amountMinor }));
    return amountMinor === null ? null : { amountMinor, rows };
  }
  if (subtotalMinor === null || reduced !== 0 || discounts?.length !== 0) return null;
  return { amountMinor: subtotalMinor, rows: () => [{ label: 'Subtotal', amountMinor: subtotalMinor }] };
}
