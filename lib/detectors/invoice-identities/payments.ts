import type { Invoice } from '../../domain/billing-event.ts';
import { formatMoney } from '../../domain/money.ts';
import { sumMinor } from '../../domain/sum-minor.ts';
import type { InvoiceIdentity, Verdict } from './verdict.ts';

export const amountRemaining: InvoiceIdentity = {
  name: 'amount-remaining',
  rule: 'What remains to be paid is the amount due less what was paid, and never below zero.',
  check: (invoice) =>
    checkDifference(invoice, {
      what: 'amount that remains to be paid',
      words: (actual, expected) =>
        `leaves ${actual} to pay, but what is due less what was paid is ${expected}.`,
      actualMinor: invoice.amountRemainingMinor,
      of: { label: 'Amount due', amountMinor: invoice.amountDueMinor },
      less: { label: 'Paid', amountMinor: invoice.amountPaidMinor },
    }),
};

export const amountOverpaid: InvoiceIdentity = {
  name: 'amount-overpaid',
  rule: 'What was overpaid is what was paid less the amount due, and never below zero.',
  check: (invoice) =>
    checkDifference(invoice, {
      what: 'amount overpaid',
      words: (actual, expected) =>
        `calls ${actual} overpaid, but what was paid less what is due is ${expected}.`,
      actualMinor: invoice.amountOverpaidMinor,
      of: { label: 'Paid', amountMinor: invoice.amountPaidMinor },
      less: { label: 'Amount due', amountMinor: invoice.amountDueMinor },
    }),
};

interface Difference {
  readonly what: string;
  readonly words: (actual: string, expected: string) => string;
  readonly actualMinor: number | null;
  readonly of: { readonly label: string; readonly amountMinor: number | null };
  readonly less: { readonly label: string; readonly amountMinor: number | null };
}

function checkDifference(invoice: Invoice, { what, words, actualMinor, of, less }: Difference): Verdict {
  const difference = sumMinor([of.amountMinor, less.amountMinor === null ? null : -less.amountMinor]);
  if (actualMinor === null || difference === null || isSettledElsewhere(invoice)) return 'not provable';
  const expectedMinor = Math.max(0, difference);
  if (actualMinor === expectedMinor) return 'holds';
  return {
    what,
    actualMinor,
    expectedMinor,
    says: words(formatMoney(actualMinor, invoice.currency), formatMoney(expectedMinor, invoice.currency)),
    breakdown: {
      rows: [
        { label: of.label, amountMinor: of.amountMinor ?? 0 },
        { label: less.label, amountMinor: -(less.amountMinor ?? 0) },
        { label: 'Not below zero', amountMinor: expectedMinor - difference },
      ].filter((row) => row.amountMinor !== 0),
      totalLabel: 'What it should be',
      totalMinor: expectedMinor,
    },
  };
}

/**
 * An invoice marked as paid outside of Stripe is settled without a payment, and today's shape does not show the mark.
 * What remains of a negative amount due, Stripe does not say.
 */
function isSettledElsewhere({ paidOutOfBand, status, amountPaidMinor, amountDueMinor }: Invoice): boolean {
  if (amountDueMinor < 0) return true;
  if (paidOutOfBand !== null) return paidOutOfBand;
  return status !== 'draft' && status !== 'open' && (amountPaidMinor ?? 0) < amountDueMinor;
}
