import * as z from 'zod/mini';
import { detectorSummarySchema } from '../../lib/domain/finding/detector-summary.ts';
import { routing } from '../../lib/notify/routing.ts';

export const alertEnv = z.object({
  TABLE_NAME: z.string().check(z.minLength(1)),
  /** The sender of the emails, e.g. `billingwatch@example.com`. */
  FROM_ADDRESS: z.email(),
  /** Who gets what, as JSON. */
  ROUTING: json(routing),
  SES_CONFIGURATION_SET: z.string().check(z.minLength(1)),
  /** IANA zone for the times in an email, e.g. `Europe/Berlin`. */
  TIME_ZONE: z.string().check(z.minLength(1)),
  /** Where alerts are answered, e.g. `https://abc.execute-api.eu-central-1.amazonaws.com/alerts`. */
  FEEDBACK_URL: z.url(),
  /** Secrets Manager: the keys that the links to there are signed with. */
  FEEDBACK_KEYS_ARN: z.string().check(z.minLength(1)),
  /** Whole hours, comma-separated; empty: no digests. */
  DIGEST_HOURS: z.string(),
  /** All detectors, as JSON: how their findings end, and which are off. */
  DETECTORS: json(z.array(detectorSummarySchema)),
});

function json<Schema extends z.ZodMiniType>(schema: Schema) {
  const parsed = z.pipe(
    z.string(),
    z.transform((text): unknown => JSON.parse(text)),
  );
  return z.pipe(parsed, schema);
}
