import * as z from 'zod/mini';

export const feedbackEnv = z.object({
  TABLE_NAME: z.string().check(z.minLength(1)),
  /** Secrets Manager: the keys of the links, white space between; all of them open links. */
  FEEDBACK_KEYS_ARN: z.string().check(z.minLength(1)),
  /** IANA zone for days and times, e.g. `Europe/Berlin`. */
  TIME_ZONE: z.string().check(z.minLength(1)),
});
