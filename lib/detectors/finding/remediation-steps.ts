import type { NextStep } from '../../domain/finding/next-step.ts';

/**
 * How a wrong bill is corrected, by the state of its money. Stripe voids no invoice that is paid, and deletes no draft
 * that a subscription made. Source: https://docs.stripe.com/invoicing/overview#invoice-statuses
 */
export const remediationSteps = {
  upcoming: 'If it is wrong, correct the subscription (its price, seats or coupon) before it renews.',
  draft:
    'If it is wrong, turn off automatic collection (auto_advance) before it is finalised, then edit the draft; one that no subscription made can be deleted.',
  open: 'If it is wrong, void it and bill again, or issue a credit note, before the customer pays.',
  paid: 'If it is wrong, refund the difference, of an invoice with a credit note, before the customer asks.',
  uncollectible: 'If it is wrong, void it, so that no one collects it after all.',
} as const satisfies NextStep;
