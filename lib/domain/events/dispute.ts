import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';

export const disputeSchema = z.object({
  /** `dp_...` */
  id: z.string(),
  charge: z.nullable(z.string()),
  currency: z.string(),
  amountMinor: z.int(),
  reason: z.nullable(z.string()),
});
/** A customer's bank takes money back. */
export type Dispute = Immutable<z.infer<typeof disputeSchema>>;
