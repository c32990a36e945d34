import type { Invoice } from '../../domain/events/billing-event.ts';
import type { Breakdown } from '../../domain/finding/finding.ts';

/**
 * Where the difference to the usual amount comes from: the invoice's lines, what turns them into the amount due,
 * less the usual and what is explained (prorations). The rows sum to `totalMinor` exactly.
 */
export function invoiceBreakdown(invoice: Invoice, typicalMinor: number, explainedMinor: number): Breakdown {
  return {
    rows: [
      ...rowsTo(invoice.amountDueMinor, invoice, 'Discounts, taxes and balances'),
      ...(explainedMinor === 0
        ? []
        : [{ label: 'Less prorations, a change that someone made', amountMinor: -explainedMinor }]),
      { label: 'Less the usual amount', amountMinor: -typicalMinor },
    ],
    totalLabel: 'More than usual',
    totalMinor: invoice.amountDueMinor - explainedMinor - typicalMinor,
  };
}

/**
 * Where the total of an invoice comes from, and what it is below the usual. The rows sum to `totalMinor` exactly.
 * @param typicalMinor undefined while nothing is known of it
 */
export function totalBreakdown(invoice: Invoice, typicalMinor: number | undefined): Breakdown {
  const { totalMinor } = invoice;
  const rows = rowsTo(totalMinor, invoice, 'Discounts and taxes');
  if (typicalMinor === undefined) return { rows, totalLabel: 'Invoice total', totalMinor };
  return {
    rows: [...rows, { label: 'Less the usual amount', amountMinor: -typicalMinor }],
    totalLabel: totalMinor < typicalMinor ? 'Less than usual' : 'More than usual',
    totalMinor: totalMinor - typicalMinor,
  };
}

/** The lines, and what is between their sum and an amount of the invoice. */
function rowsTo(amountMinor: number, { lines, linesComplete }: Invoice, rest: string): Breakdown['rows'] {
  const rows = lines.map((line) => ({
    label: line.description ?? 'A line without a description',
    amountMinor: line.amountMinor,
  }));
  const restMinor = amountMinor - rows.reduce((sum, row) => sum + row.amountMinor, 0);
  const label = linesComplete ? rest : `More lines than Stripe sends, ${rest.toLowerCase()}`;
  return restMinor === 0 ? rows : [...rows, { label, amountMinor: restMinor }];
}
