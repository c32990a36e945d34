import type { Invoice } from '../domain/billing-event.ts';
import type { Breakdown } from '../domain/finding.ts';

/**
 * Where the difference to the usual amount comes from: the invoice's lines, what turns them into the amount due,
 * less the usual. The rows sum to `amountDueMinor - typicalMinor` exactly.
 */
export function invoiceBreakdown(invoice: Invoice, typicalMinor: number): Breakdown {
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
      { label: 'Less the usual amount', amountMinor: -typicalMinor },
    ],
    totalLabel: 'More than usual',
    totalMinor: invoice.amountDueMinor - typicalMinor,
  };
}
