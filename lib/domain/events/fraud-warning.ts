import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';

export const fraudWarningSchema = z.object({
  /** `ch_...` */
  charge: z.string(),
  /** False when the charge is refunded in full or disputed already. */
  actionable: z.nullable(z.boolean()),
  /** Stripe's word, e.g. `made_with_stolen_card`. */
  fraudType: z.nullable(z.string()),
});
/** What the card's issuer says of a charge; it names neither the customer nor the amount. */
export type FraudWarning = Immutable<z.infer<typeof fraudWarningSchema>>;
