import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';

export const detectorSummarySchema = z.object({
  id: z.string(),
  kind: z.enum(['event', 'account', 'renewal', 'endpoint']),
  /** The operator has switched it off. */
  isOff: z.boolean(),
  /** An alert is over when the amount due is as expected again. */
  resolvesBy: z.optional(z.literal('amount')),
  /** An alert about the whole account is over when its condition was not seen for so long. */
  overAfterHours: z.optional(z.number()),
});

/** What is needed to know of a detector where its findings are followed up: derived from the registry when deployed. */
export type DetectorSummary = Immutable<z.infer<typeof detectorSummarySchema>>;
