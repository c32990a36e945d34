import cdkJson from '../../cdk.json' with { type: 'json' };
import { parseConfig } from '../../infra/config.ts';
import { settings } from './synthesize.ts';

it('takes the settings of a fresh clone', () => {
  expect(parseConfig(cdkJson.context.billingwatch)).toMatchObject({
    fromAddress: 'billingwatch@example.com',
  });
});

it('takes 50 recipients, and a burst below the rate, as AWS does', () => {
  const financeRecipients = Array.from({ length: 50 }, (_, index) => `ann${index}@acme.test`);
  const change = { financeRecipients, webhookRatePerSec: 500, webhookBurst: 100 };
  expect(parseConfig({ ...settings, ...change })).toMatchObject(change);
});

it('writes every domain in small letters, as SES and IAM compare letter by letter, and leaves names as they are', () => {
  const routes = [{ to: ['CFO@Acme.Test'] }];
  const change = { fromAddress: 'Billing@ACME.test', financeRecipients: ['Ann@ACME.Test'], routes };
  expect(parseConfig({ ...settings, ...change, platformRecipients: ['ops@ACME.TEST'] })).toMatchObject({
    fromAddress: 'Billing@acme.test',
    financeRecipients: ['Ann@acme.test'],
    platformRecipients: ['ops@acme.test'],
    routes: [{ to: ['CFO@acme.test'] }],
  });
});

it.each([
  [
    { financeRecipents: ['ann@acme.test'] },
    'billingwatch.financeRecipents is not a setting. Did you mean financeRecipients?',
  ],
  [{ timezone: 'UTC' }, 'billingwatch.timezone is not a setting. Did you mean timeZone?'],
  [{ fromAddress: 'billing' }, 'billingwatch.fromAddress is "billing". Write one email address'],
  [{ fromAddress: undefined }, 'billingwatch.fromAddress is missing. Write one email address'],
  [{ fromAddress: 'Ann <ann@acme.test>' }, 'Write one email address'],
  [
    { financeRecipients: 'ann@acme.test' },
    'billingwatch.financeRecipients is "ann@acme.test". Write a list of email addresses',
  ],
  [{ financeRecipients: [] }, 'Write at least one email address'],
  [
    { financeRecipients: Array.from({ length: 51 }, (_, index) => `ann${index}@acme.test`) },
    'Write at most 50 email addresses',
  ],
  [
    { platformRecipients: ['ops@acme.test', 'ops'] },
    'billingwatch.platformRecipients.1 is "ops". Write one email address',
  ],
  [
    { senderIdentity: 'dns' },
    'billingwatch.senderIdentity is "dns". Write "address", "domain" or "existing".',
  ],
  [
    { timeZone: 'Europe/Atlantis' },
    'billingwatch.timeZone is "Europe/Atlantis". Write the name of a time zone',
  ],
  [
    { logRetentionDays: 31 },
    'billingwatch.logRetentionDays is 31. Write a number of days that CloudWatch knows',
  ],
  [{ webhookRatePerSec: -1 }, 'billingwatch.webhookRatePerSec is -1. Write a whole number from 1 to 10000.'],
  [{ webhookBurst: 0 }, 'billingwatch.webhookBurst is 0. Write a whole number from 1 to 5000.'],
  [{ webhookBurst: 10.5 }, 'billingwatch.webhookBurst is 10.5. Write a whole number'],
  [
    { detectorMaxConcurrency: 1 },
    'billingwatch.detectorMaxConcurrency is 1. Write a whole number from 2 to 1000.',
  ],
  [{ alertMaxConcurrency: '2' }, 'billingwatch.alertMaxConcurrency is "2". Write a whole number'],
  [
    { detection: { of: ['amount-spike'] } },
    'billingwatch.detection.of is not a setting. Did you mean off? There are: false',
  ],
  [
    { routes: [{ to: ['ann@acme.test'], detectors: ['amount-spkie'] }] },
    'billingwatch.routes.0.detectors.0 is "amount-spkie". There is no such detector. Did you mean amount-spike?',
  ],
  [{ detection: { off: ['amount-spikes'] } }, 'billingwatch.detection.off.0 is "amount-spikes". There is no'],
])('refuses %j and says what to write', (change, sentence) => {
  expect(() => parseConfig({ ...settings, ...change })).toThrow(sentence);
});

it('says all that is wrong at once', () => {
  const mistakes = { ...settings, timeZone: 'Mars', webhookBurst: -1 };
  expect(() => parseConfig(mistakes)).toThrow(/timeZone is "Mars".*\n.*webhookBurst is -1/);
});

it('says so when cdk.json has no settings at all', () => {
  expect(() => parseConfig(undefined)).toThrow('billingwatch is missing. Write an object');
});
