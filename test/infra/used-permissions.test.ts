import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import {
  exampleInvoice,
  exampleSubscription,
  monthAtSec,
  monthly,
} from '../../lib/detectors/examples/example-events.ts';
import { hourOf } from '../../lib/domain/account/hour-counts.ts';
import { countAnew, noHours } from '../../lib/domain/account/hourly-counts.ts';
import type { BillingEvent } from '../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../lib/domain/finding/finding.ts';
import { sealToken } from '../../lib/feedback/feedback-token.ts';
import { parseFinding } from '../../lib/notify/parse-finding.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { hoursIn } from '../fixtures/hours-in.ts';
import { draftInvoiceEvent, liveSecret, signature } from '../fixtures/stripe-delivery.ts';
import { policiesIn } from './policies.ts';
import { type Call, recordCalls } from './recorded-calls.ts';
import { settings, synthesize } from './synthesize.ts';

/*
 * Runs each Lambda as it is wired (functions/<name>/index.ts), with the variables of the template, and compares what it
 * asks of AWS with what the template lets it ask.
 */

jest.setTimeout(120_000);
jest.mock('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf', () => 'none.ttf');
jest.mock('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf', () => 'none.ttf');
jest.mock('@resvg/resvg-wasm/index_bg.wasm', () => 'none.wasm');
jest.mock('../../lib/stripe/sdk-stripe-ledger.ts', () => ({ sdkStripeLedger: () => mockLedger }));

const functionNames = ['webhook', 'detector', 'sweep', 'reconcile', 'alert', 'feedback'] as const;
type FunctionName = (typeof functionNames)[number];

/** Permissions that no command of ours uses, and who does. */
const usedByAws = [
  /^logs:/, // Lambda, for what the function prints
  /^sqs:(ChangeMessageVisibility|DeleteMessage|GetQueueAttributes|GetQueueUrl|ReceiveMessage) /, // the poller that feeds it
  /^ses:SendRawEmail on .*:identity\/.+@/, // SES, of each recipient, while it has the account in its sandbox
];

const self = { account: 'self', livemode: true };
const month = 6;
const feedbackKey = 'k'.repeat(64);
const secrets: Readonly<Record<string, string>> = {
  'Ingestion/SigningSecrets': liveSecret,
  'Feedback/Keys': feedbackKey,
  'Reconciliation/StripeKey': 'rk_live_51Q2w3E4r5T',
};
const mockLedger = {
  livemode: true,
  events: async () => [draftInvoiceEvent({ id: 'evt_missed', created: monthAtSec(month) })],
  objects: async () => [],
  webhookEndpoints: async () => [{ url: process.env.WEBHOOK_URL, status: 'disabled' }],
};

const policies = policiesIn(synthesize().template);
const used = new Map<FunctionName, readonly Call[]>();
let table: Awaited<ReturnType<typeof startDynaliteTable>>;

beforeAll(async () => {
  table = await startDynaliteTable();
  await liveThrough();
});
afterAll(() => table.stop());

/** A month's draft is far too high, is told, answered and voided; the account is swept and compared with Stripe. */
async function liveThrough(): Promise<void> {
  for (const name of functionNames) Object.assign(process.env, variablesOf(name));
  let isMailUnanswered = false;
  const { calls } = recordCalls({
    dynamo: table.client,
    secret: (id) => secrets[id] ?? '',
    sqs: () => ({ Attributes: { ApproximateNumberOfMessages: '0' } }),
    ses: async () => {
      if (isMailUnanswered) throw new Error('socket hang up');
      return { MessageId: 'ses-1' };
    },
  });
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockReturnValue(true);
  const clock = jest.spyOn(Date, 'now');
  const setSec = (sec: number) => void clock.mockReturnValue(sec * 1000);
  const startSec = monthAtSec(month) + 780;
  setSec(startSec);
  const context = { getRemainingTimeInMillis: () => 600_000 } as Context; // the field that handlers read
  const as = async <Result>(name: FunctionName, run: () => Promise<Result>): Promise<Result> => {
    const from = calls.length;
    const result = await run();
    used.set(name, [...callsOf(name), ...calls.slice(from)]);
    return result;
  };
  const wired = async <Handler>(name: FunctionName, load: () => Promise<{ readonly handler: Handler }>) =>
    (await as(name, load)).handler;

  const webhook = await wired('webhook', () => import('../../functions/webhook/index.ts'));
  const deliver = (event: object) => {
    const body = JSON.stringify(event);
    const headers = { 'stripe-signature': signature(body, startSec) };
    return as('webhook', () => webhook({ body, headers, isBase64Encoded: false }));
  };
  await deliver(draftInvoiceEvent());
  await deliver(draftInvoiceEvent({}, { amount_due: 'unreadable' }));

  const detector = await wired('detector', () => import('../../functions/detector/index.ts'));
  const detect = (...events: readonly BillingEvent[]) =>
    as('detector', () => detector(batch(events.map((event) => JSON.stringify(event)))));
  const past = monthly(exampleInvoice, [41_000, 41_200, 40_800, 41_000, 41_100, 41_000]);
  const spike = exampleInvoice(month, 412_000);
  await detect(...past, exampleSubscription(month, {}), spike);
  const findings = callsOf('detector').flatMap(({ input }) => bodiesIn(input));
  const [finding] = findings.map(parseFinding);
  if (finding === undefined) throw new Error('The detector found nothing.');

  const alert = await wired('alert', () => import('../../functions/alert/index.ts'));
  const tell = (bodies?: readonly string[]) =>
    as('alert', () => alert(bodies === undefined ? {} : batch(bodies), context));
  await tell(findings);
  isMailUnanswered = true;
  await tell([JSON.stringify({ ...finding, id: 'unanswered', cause: undefined })]);
  isMailUnanswered = false;

  const feedback = await wired('feedback', () => import('../../functions/feedback/index.ts'));
  const token = sealToken({ ...self, id: finding.id, expiresAtSec: startSec + 86_400 }, feedbackKey);
  const answer = (action: string, seen: number) =>
    as(
      'feedback',
      () =>
        feedback({
          requestContext: { http: { method: 'POST' } },
          pathParameters: { token },
          body: `action=${action}&seen=${seen}`,
          isBase64Encoded: false,
        } as unknown as Parameters<typeof feedback>[0]), // the fields that it reads
    );
  await answer('error', 0);
  await answer('undo', 1);

  setSec(monthAtSec(month) + 3_600); // the minute in which it looks after what was mailed
  await detect(exampleInvoice(month, 412_000, { status: 'void' }, 'invoice_voided'));
  await tell();
  await tell();

  const reconcile = await wired('reconcile', () => import('../../functions/reconcile/index.ts'));
  const since = new Date(monthAtSec(month) * 1000).toISOString();
  await as('reconcile', () => reconcile({ since }, context));

  await seedLargeState(startSec, finding);
  const sweep = await wired('sweep', () => import('../../functions/sweep/index.ts'));
  await as('sweep', sweep);

  async function seedLargeState(sweptAtSec: number, ...findings: readonly Finding[]): Promise<void> {
    const store = dynamoAccountStore(table.client, table.tableName);
    const loaded = await store.loadState(self);
    const hours = countAnew(noHours, hoursIn(135, hourOf(sweptAtSec) - 1), hourOf(sweptAtSec));
    await store.saveState(self, loaded, {
      ...loaded.state,
      hours,
      sweptAtSec,
      listeningSinceSec: sweptAtSec,
      findings,
    });
  }
}

it.each(functionNames)('lets %s do all that it does, on the items and queues on which it does it', (name) => {
  const refused = callsOf(name).filter((call) => !isGranted(name, call));
  expect(refused.map(words)).toEqual([]);
});

it.each(functionNames)('lets %s do nothing that it does not do', (name) => {
  const done = new Set(
    callsOf(name).flatMap((call) => resourcesOf(call).map((one) => `${call.action} on ${one}`)),
  );
  const idle = policies.permissionsOf(name).filter((permission) => !done.has(permission));
  expect(idle.filter((permission) => !usedByAws.some((use) => use.test(permission)))).toEqual([]);
});

it('reaches every command that an adapter sends', () => {
  const sources = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const written = sources.flatMap((file) =>
    [...readFileSync(join('lib', file), 'utf8').matchAll(/new (\w+Command)\(/g)].map(
      ([, command]) => `lib/${file} ${command}`,
    ),
  );
  const sent = new Set(functionNames.flatMap((name) => callsOf(name).map(({ madeIn }) => madeIn)));
  expect(written.length).toBeGreaterThan(15);
  expect(written.filter((one) => !sent.has(one))).toEqual([]);
});

function callsOf(name: FunctionName): readonly Call[] {
  return used.get(name) ?? [];
}

function words({ action, keys, madeIn }: Call): string {
  return `${action} on ${[...new Set(keys)].join(', ')} in ${madeIn}`;
}

/** By the constructs' paths. */
function resourcesOf({ action, input }: Call): readonly string[] {
  if (action.startsWith('dynamodb:')) return ['Records/Table'];
  if (action.startsWith('sqs:')) return [(input.QueueUrl ?? '').slice(queueUrl('').length)];
  if (action.startsWith('secretsmanager:')) return [input.SecretId ?? ''];
  if (action === 'ses:GetSendQuota') return ['*'];
  const arn = (resource: string) => `arn:Partition:ses:Region:AccountId:${resource}`;
  const domain = settings.fromAddress.split('@')[1];
  return [arn(`configuration-set/${input.ConfigurationSetName}`), arn(`identity/${domain}`)];
}

function isGranted(name: FunctionName, call: Call): boolean {
  return resourcesOf(call).every((resource) =>
    policies.statementsOf(name).some(({ Action, Resource, Condition = {} }) => {
      const leading = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
      const from = Condition.StringEquals?.['ses:FromAddress'];
      return (
        [Action].flat().includes(call.action) &&
        [Resource].flat().some((one) => policies.named(one) === resource) &&
        (leading === undefined ||
          call.keys.every((key) => [leading].flat().some((one) => isLike(key, one)))) &&
        (from === undefined || from === call.input.Source)
      );
    }),
  );
}

/** IAM's StringLike, as far as a star at the end goes. */
function isLike(text: string, pattern: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

function queueUrl(path: string): string {
  return `https://sqs.test/${path}`;
}

/** A function's variables, with the names that this test knows things by. */
function variablesOf(name: FunctionName): Readonly<Record<string, string>> {
  const variables = Object.entries(policies.environmentOf(name)).map(([variable, value]) => {
    if (variable === 'TABLE_NAME') return [variable, table.tableName];
    return [variable, variable.endsWith('_URL') ? queueUrl(value) : value];
  });
  return Object.fromEntries(variables);
}

function batch(bodies: readonly string[]) {
  const Records = bodies.map((body, index) => ({
    messageId: `m${index}`,
    body,
    attributes: { MessageGroupId: 'cus_acme', ApproximateReceiveCount: '1' },
  }));
  return { Records } as never; // the fields that handlers read
}

function bodiesIn(input: object): readonly string[] {
  const { Entries = [] } = input as { Entries?: readonly { MessageBody: string }[] };
  return Entries.map(({ MessageBody }) => MessageBody);
}
