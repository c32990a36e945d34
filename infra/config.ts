import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod/mini';
import { detectorId, settingsSchema } from '../lib/detectors/parse-settings.ts';
import { severities } from '../lib/domain/finding/finding.ts';
import { settingMistakes } from '../lib/domain/setting-mistakes.ts';

/** Its domain in small letters: SES keeps domains so, and IAM compares letter by letter, so that a capital denied every email. */
const address = z.pipe(
  z.email('Write one email address, such as "billing-alerts@your-company.com".'),
  z.transform((text) => {
    const domainAt = text.lastIndexOf('@');
    return text.slice(0, domainAt) + text.slice(domainAt).toLowerCase();
  }),
);

const addresses = z
  .array(address, 'Write a list of email addresses, such as ["ann@your-company.com"].')
  .check(
    z.minLength(1, 'Write at least one email address; with none, no one is alerted.'),
    z.maxLength(
      50,
      'Write at most 50 email addresses, all that SES takes for one email; a mailing list is one.',
    ),
  );

const route = z.strictObject({
  to: addresses,
  severities: z.optional(z.array(z.enum(severities, 'Write "low", "medium", "high" or "critical".'))),
  detectors: z.optional(z.array(detectorId)),
  accounts: z.optional(z.array(z.string())),
});

const timeZone = z
  .string('Write the name of a time zone, such as "Europe/Berlin".')
  .check(
    z.refine(
      isTimeZone,
      'Write the name of a time zone, such as "Europe/Berlin", "America/New_York" or "UTC".',
    ),
  );

/** Every knob an operator has: `context.billingwatch` in cdk.json. All of them are written there; none hides here. */
const configSchema = z.strictObject(
  {
    /** The sender of the alert emails. */
    fromAddress: address,
    /**
     * What SES is to verify: this one address (a click on a link), its whole domain (DNS records), or nothing: already
     * done. What was verified stays in SES when this is changed; to come back to it, write "existing".
     */
    senderIdentity: z.enum(['address', 'domain', 'existing'], 'Write "address", "domain" or "existing".'),
    /** Who reads the alerts of live mode. */
    financeRecipients: addresses,
    /**
     * Who runs the system: alarms, bounced mail, alerts of test mode, and with finance those about webhooks that don't
     * come (`webhook-silence`, `webhook-lag`, `endpoint-disabled`).
     */
    platformRecipients: addresses,
    /** Who reads which alerts of live mode instead of financeRecipients: the first route that fits has it. */
    routes: z.array(
      route,
      'Write a list of routes, such as [{ "to": ["cfo@your-company.com"], "severities": ["critical"] }].',
    ),
    /** Hours at which finance gets in one email what can wait: not proven, no contradiction, not critical, not a draft about to be charged. */
    digestHours: z.array(wholeNumber(0, 23), 'Write a list of hours, such as [9, 14], or [] for no digests.'),
    /** For the times in an email. */
    timeZone,
    /** CloudWatch takes only certain numbers. */
    logRetentionDays: z.enum(
      RetentionDays,
      'Write a number of days that CloudWatch knows: 7, 14, 30, 60, 90 or 365.',
    ),
    /** Above this API Gateway answers 429, and Stripe tries again later. */
    webhookRatePerSec: wholeNumber(1, 10_000),
    /** How many webhooks may come at one moment; API Gateway takes a number below the rate, too. */
    webhookBurst: wholeNumber(1, 5_000),
    /**
     * An alarm rings when no webhook was accepted for so long; seven days is the longest that CloudWatch knows. Longer
     * than the longest lull of your account: a small one may see none over a long weekend.
     */
    webhookSilenceHours: wholeNumber(1, 168),
    /**
     * Concurrent executions that are the webhook's own, whatever else runs in the AWS account; it gets no more. 0: none.
     * AWS refuses a number that leaves the account less than 100, or than 10 where it is new and has only 10: there,
     * what keeps room for the webhook is that the others take at most eight (test/infra/concurrency.test.ts).
     */
    webhookReservedConcurrency: wholeNumber(0, 1_000),
    /** Batches in hand at once; SQS takes no less than 2. A new AWS account has 10 concurrent executions for all. */
    detectorMaxConcurrency: wholeNumber(2, 1_000),
    /** As above; keep it low while SES allows only a few emails per second. */
    alertMaxConcurrency: wholeNumber(2, 1_000),
    /** What is worth an alert: see lib/detectors/settings.ts. */
    detection: settingsSchema,
  },
  'Write an object with the settings, as in the cdk.json of a fresh clone.',
);

export type Config = z.infer<typeof configSchema>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The operator's settings, checked.
 * @param settings the value of `context.billingwatch` in cdk.json
 * @throws ConfigError with one sentence a mistake, each of which says what to write instead
 */
export function parseConfig(settings: unknown): Config {
  const result = configSchema.safeParse(settings, { reportInput: true });
  if (result.success) return result.data;
  const sentences = result.error.issues.flatMap(sentencesFor);
  throw new ConfigError(['The settings in cdk.json can not be used:', ...sentences].join('\n- '));
}

function sentencesFor(issue: z.core.$ZodIssue): readonly string[] {
  const { shape } = issue.path[0] === 'detection' ? settingsSchema.def : configSchema.def;
  return settingMistakes(issue, 'billingwatch', Object.keys(shape));
}

function wholeNumber(low: number, high: number) {
  const error = `Write a whole number from ${low} to ${high}.`;
  return z.int(error).check(z.gte(low, error), z.lte(high, error));
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
