import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';

export const payoutSchema = z.object({
  /** `po_...` */
  id: z.string(),
  currency: z.string(),
  amountMinor: z.int(),
  /** Stripe's word, e.g. `account_closed`. */
  failureCode: z.nullable(z.string()),
});
/** Money on its way from Stripe to the company's own bank. */
export type Payout = Immutable<z.infer<typeof payoutSchema>>;
