import * as z from 'zod/mini';

export const alertEnv = z.object({
  TABLE_NAME: z.string().check(z.minLength(1)),
  /** Whom the mail is from, e.g. `billingwatch@example.com`. */
  FROM_ADDRESS: z.email(),
  /** Comma-separated. Live-mode alerts go here. */
  FINANCE_RECIPIENTS: z.string().check(z.minLength(3)),
  /** Comma-separated. Test-mode alerts go here, never to finance. */
  PLATFORM_RECIPIENTS: z.string().check(z.minLength(3)),
  SES_CONFIGURATION_SET: z.string().check(z.minLength(1)),
  /** IANA zone for the times in an email, e.g. `Europe/Berlin`. */
  TIME_ZONE: z.string().check(z.minLength(1)),
});
