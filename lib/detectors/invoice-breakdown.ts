import type { Invoice } from '../domain/billing-event.ts';
import type { Breakdown } from '../domain/finding.ts';

/**
 * Where the difference to the usual amount comes from: the invoice's lines, what turns them into the amount due,
 * less the usual and what is explained (prorations). The rows sum to `totalMinor` exactly.
 */
export function invoiceBreakdown(invoice: Invoice, typicalMinor: number, explainedMinor: number): Breakdown {
  const lines = invoice.lines.map((line) => ({
    label: line.description ?? 'A line without a description',
    amountMinor: line.amountMinor,
  }));
  const restMinor = invoice.amountDueMinor - lines.reduce((sum, line) => sum + line.amountMinor, 0);
  const rest = invoice.linesComplete
    ? 'Discounts, taxes and balances'
    : 'More lines than Stripe sends, discounts, taxes and balances';
  return {
    rows: [
      ...lines,
      ...(restMinor === 0 ? [] : [{ label: rest, amountMinor: restMinor }]),
      ...(explainedMinor === 0
        ? []
        : [{ label: 'Less prorations, a change that somebody made', amountMinor: -explainedMinor }]),
      { label: 'Less the usual amount', amountMinor: -typicalMinor },
    ],
    totalLabel: 'More than usual',
    totalMinor: invoice.amountDueMinor - explainedMinor - typicalMinor,
  };
}
