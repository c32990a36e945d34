import { exampleInvoice, exampleLine } from '../../../../lib/detectors/examples/example-events.ts';
import { invoiceArithmetic } from '../../../../lib/detectors/invoice/invoice-arithmetic.ts';
import type { Invoice, InvoiceLine, Tax } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

export const coupon = [{ amountMinor: 2_000, discount: 'di_1' }];
export const finalized: Partial<Invoice> = { status: 'open', endingBalanceMinor: 0, number: 'ACME-0042' };

export function tax(amountMinor: number, changes: Partial<Tax> = {}): Tax {
  return {
    amountMinor,
    inclusive: false,
    rate: 'txr_1',
    reason: 'standard_rated',
    taxableMinor: 10_000,
    percentage: '20',
    ...changes,
  };
}

export function line(amountMinor: number, changes: Partial<InvoiceLine> = {}): InvoiceLine {
  return exampleLine(0, amountMinor, changes);
}

const kinds = {
  draft: 'invoice_drafted',
  open: 'invoice_finalized',
  paid: 'invoice_paid',
  uncollectible: 'invoice_updated',
  void: 'invoice_updated',
} as const;

/** An invoice of one line of $100 whose numbers are those given, with nothing derived from them. */
export function judged(amountDueMinor: number, changes: Partial<Invoice>) {
  const lines = [line(10_000)];
  const invoice = { totalExcludingTaxMinor: null, lines, ...changes };
  const kind = kinds[changes.status ?? 'draft'];
  const event = exampleInvoice(0, amountDueMinor, invoice, kind);
  return invoiceArithmetic.judge(event, emptyRecord);
}

/** A line whose Price is in the event. */
export function priced(
  amountMinor: number,
  quantity: string,
  unit: string,
  changes: Partial<InvoiceLine> = {},
) {
  return line(amountMinor, { quantity, unitAmountMinor: unit, pricing: 'per_unit', ...changes });
}

/** A one-off line of today's shape, which has its unit amount and not its Price. */
export function oneOff(
  amountMinor: number,
  quantity: string,
  unit: string,
  changes: Partial<InvoiceLine> = {},
) {
  const own = { subscriptionItem: null, pricing: 'per_unit_or_package' as const };
  return priced(amountMinor, quantity, unit, { ...own, ...changes });
}
