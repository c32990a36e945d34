import { formatMoney } from '../../../domain/money/money.ts';
import { sumMinor } from '../../../domain/money/sum-minor.ts';
import type { InvoiceIdentity } from './verdict.ts';

/** Less can remain lawfully: paid outside of Stripe, or settled from a balance, which not every shape says. */
export const amountRemaining: InvoiceIdentity = {
  name: 'amount-remaining',
  rule: 'What remains to be paid is no more than the amount due less what was paid.',
  check({ amountDueMinor, amountPaidMinor, amountRemainingMinor, currency }) {
    const unpaidMinor = sumMinor([amountDueMinor, amountPaidMinor === null ? null : -amountPaidMinor]);
    if (amountPaidMinor === null || unpaidMinor === null || amountRemainingMinor === null)
      return 'not provable';
    const expectedMinor = Math.max(0, unpaidMinor);
    if (amountRemainingMinor === expectedMinor) return 'holds';
    if (amountRemainingMinor < expectedMinor) return 'not provable';
    const [actual, expected] = [amountRemainingMinor, expectedMinor].map((minor) =>
      formatMoney(minor, currency),
    );
    return {
      what: 'amount that remains to be paid',
      actualMinor: amountRemainingMinor,
      expectedMinor,
      says: `leaves ${actual} to pay, but what is due less what was paid is ${expected}.`,
      rows: [
        { label: 'Amount due', amountMinor: amountDueMinor },
        { label: 'Paid', amountMinor: -amountPaidMinor },
        { label: 'Not below zero', amountMinor: expectedMinor - unpaidMinor },
      ].filter((row) => row.amountMinor !== 0),
    };
  },
};
