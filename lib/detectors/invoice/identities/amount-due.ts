import { formatMoney } from '../../../domain/money/money.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';
import type { InvoiceIdentity } from './verdict.ts';

/**
 * Derived from what Stripe says of balances, not stated by it. Covers credit used or left, debts, totals below the
 * minimum charge (carried over to the balance) and negative totals. To switch it off, take it out of the list.
 */
export const amountDue: InvoiceIdentity = {
  name: 'amount-due',
  rule:
    'The amount due of a finalised invoice is its total plus the change of the customer’s balance, less credit ' +
    'notes from before payment.',
  check(invoice, kind) {
    // Later, a balance can be applied by hand, which no field of the event names.
    if (kind !== 'invoice_finalized') return 'not provable';
    const { startingBalanceMinor, endingBalanceMinor, prePaymentCreditNotesMinor } = invoice;
    // A revision's balance includes that of the invoice it replaces.
    if (endingBalanceMinor === null || invoice.isRevision) return 'not provable';
    if (startingBalanceMinor === null || prePaymentCreditNotesMinor === null) return 'not provable';
    const rows = [
      { label: 'Total', amountMinor: invoice.totalMinor },
      { label: 'Customer’s balance before', amountMinor: startingBalanceMinor },
      { label: 'Customer’s balance after', amountMinor: -endingBalanceMinor },
      { label: 'Credit notes before payment', amountMinor: -prePaymentCreditNotesMinor },
    ];
    const expectedMinor = sumMinor(rows.map((row) => row.amountMinor));
    if (expectedMinor === null) return 'not provable';
    if (expectedMinor === invoice.amountDueMinor) return 'holds';
    const money = (amountMinor: number) => formatMoney(amountMinor, invoice.currency);
    return {
      what: 'amount due on an invoice',
      actualMinor: invoice.amountDueMinor,
      expectedMinor,
      says: `asks for ${money(invoice.amountDueMinor)}, but its total and the customer’s balance come to ${money(expectedMinor)}.`,
      rows: rows.filter((row) => row.amountMinor !== 0),
    };
  },
};
