import * as z from 'zod/mini';

export const webhookEnv = z.object({
  EVENTS_QUEUE_URL: z.url(),
  /** Verified events that the normaliser can't read, whole. */
  UNREADABLE_QUEUE_URL: z.url(),
  /** Secrets Manager: one or more `whsec_...`, separated by white space or commas, plain or in JSON; all of them are live. */
  SIGNING_SECRETS_ARN: z.string().check(z.minLength(1)),
});
