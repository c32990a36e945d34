import type { NextStep } from '../../domain/finding/next-step.ts';

/** How usage that was counted wrong is corrected, by the state of the money. */
export const usageRemediationSteps = {
  upcoming:
    'Correct the meter (or the usage records) before it renews; Stripe then bills the corrected quantity.',
  draft:
    'Correct the meter (or the usage records) before the draft is finalised; Stripe then bills the corrected quantity.',
  open: 'Correct the meter (or the usage records), void the invoice and bill again, before the customer pays.',
  paid: 'Correct the meter (or the usage records), and refund the difference with a credit note.',
} as const satisfies NextStep;
