import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';

export const creditNoteSchema = z.object({
  /** `cn_...` */
  id: z.string(),
  /** `in_...` */
  invoice: z.string(),
  currency: z.string(),
  amountMinor: z.int(),
  createdAtSec: z.int(),
});
/** What is taken off an invoice after it was finalised. */
export type CreditNote = Immutable<z.infer<typeof creditNoteSchema>>;
