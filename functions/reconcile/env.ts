import * as z from 'zod/mini';
import { settingsAsJson } from '../../lib/detectors/parse-settings.ts';

export const reconcileEnv = z.object({
  TABLE_NAME: z.string().check(z.minLength(1)),
  EVENTS_QUEUE_URL: z.url(),
  ALERTS_QUEUE_URL: z.url(),
  /** Secrets Manager: a restricted key of Stripe's, `rk_...`; until there is one, nothing is compared. */
  STRIPE_KEY_ARN: z.string().check(z.minLength(1)),
  /** Where Stripe's webhook endpoint should lead. */
  WEBHOOK_URL: z.url(),
  SETTINGS: settingsAsJson,
});
