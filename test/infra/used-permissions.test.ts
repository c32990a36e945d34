import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import { accessControl, type Denial } from '../../infra/local/iam/access-control.ts';
import { grantsIn } from '../../infra/local/iam/grants.ts';
import {
  exampleInvoice,
  exampleSubscription,
  monthAtSec,
  monthly,
} from '../../lib/detectors/examples/example-events.ts';
import { hourOf } from '../../lib/domain/account/hour-counts.ts';
import { noHours, withRecountedHours } from '../../lib/domain/account/hourly-counts.ts';
import type { BillingEvent } from '../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../lib/domain/finding/finding.ts';
import { daySec } from '../../lib/domain/time.ts';
import { sealToken } from '../../lib/feedback/feedback-token.ts';
import { parseFinding } from '../../lib/notify/parse-finding.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { hoursIn } from '../fixtures/hours-in.ts';
import { draftInvoiceEvent, liveSecret, signature } from '../fixtures/stripe-delivery.ts';
import { plantedRoleFaults } from './planted-role-faults.ts';
import { type RecordedCall, recordCalls } from './recorded-calls.ts';
import { stackModel } from './stack-model.ts';
import { synthesize } from './synthesize.ts';

/*
 * Runs each Lambda as it is wired (functions/<name>/index.ts), with the variables of the template, and compares what it
 * asks of AWS with what the template lets it ask, by the same rules as npm start (infra/local/iam).
 * `npx jest test/infra/used-permissions.test.ts --verbose` prints the table: a row a permission, and who uses it.
 */

jest.setTimeout(120_000);
jest.mock('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf', () => 'none.ttf');
jest.mock('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf', () => 'none.ttf');
jest.mock('@resvg/resvg-wasm/index_bg.wasm', () => 'none.wasm');
jest.mock('../../lib/stripe/sdk-stripe-ledger.ts', () => ({ sdkStripeLedger: () => mockLedger }));

const functionNames = ['webhook', 'detector', 'sweep', 'reconcile', 'alert', 'feedback'] as const;
type FunctionName = (typeof functionNames)[number];

/** Permissions that no command of ours uses, and why they are granted. */
const reasons: readonly (readonly [permission: RegExp, why: string])[] = [
  [/^\w+: logs:/, 'Lambda writes what the function prints'],
  [
    /^(detector|alert): sqs:(DeleteMessage|GetQueueAttributes|GetQueueUrl|ReceiveMessage) /,
    'the poller that feeds the function',
  ],
  [
    /^alert: sqs:ChangeMessageVisibility on BillingWatch-unmailed-findings/,
    'the poller that feeds the function',
  ],
  [
    /^alert: ses:SendRawEmail on identity\/.+@/,
    'SES, when it knows the sender or a recipient by the address',
  ],
];

const self = { account: 'self', livemode: true };
const month = 6;
const feedbackKey = 'k'.repeat(64);
const secrets: Readonly<Record<string, string>> = {
  SIGNING_SECRETS_ARN: liveSecret,
  FEEDBACK_KEYS_ARN: feedbackKey,
  STRIPE_KEY_ARN: 'rk_live_51Q2w3E4r5T',
};
const mockLedger = {
  livemode: true,
  events: async () => [draftInvoiceEvent({ id: 'evt_missed', created: monthAtSec(month) })],
  objects: async () => [],
  webhookEndpoints: async () => [{ url: process.env.WEBHOOK_URL, status: 'disabled' }],
};

const template = JSON.stringify(synthesize().template.toJSON());
const stack = stackModel(JSON.parse(template));
const control = accessControl();
const denied: Denial[] = [];
const made = new Map<FunctionName, readonly RecordedCall[]>();
let table: Awaited<ReturnType<typeof startDynaliteTable>>;

beforeAll(async () => {
  control.enforce(stack.iam);
  table = await startDynaliteTable(stack.variablesOf('sweep').TABLE_NAME);
  await liveThrough();
});
afterAll(() => table.stop());

/** A month's draft is far too high, is reported, answered and voided; the account is swept and compared with Stripe. */
async function liveThrough(): Promise<void> {
  let isMailUnanswered = false;
  const { calls } = recordCalls({
    dynamo: table.client,
    secret: (arn) => {
      const [name = ''] = Object.entries(process.env).find(([, value]) => value === arn) ?? [];
      return secrets[name] ?? '';
    },
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
    const own = calls.slice(from);
    denied.push(...own.flatMap((call) => control.check(name, call) ?? []));
    made.set(name, [...callsOf(name), ...own]);
    return result;
  };
  const wired = async <Handler>(name: FunctionName, load: () => Promise<{ readonly handler: Handler }>) => {
    Object.assign(process.env, stack.variablesOf(name)); // two functions may know different things by one name
    return (await as(name, load)).handler;
  };

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
    as('detector', () => detector(batch(events.map((event) => JSON.stringify(event))), context));
  const past = monthly(exampleInvoice, [41_000, 41_200, 40_800, 41_000, 41_100, 41_000]);
  const spike = exampleInvoice(month, 412_000);
  const late = exampleInvoice(month, 900, { id: 'in_late', createdAtSec: monthAtSec(month) - 60 });
  await detect(...past, exampleSubscription(month, {}), spike, {
    ...late,
    occurredAtSec: monthAtSec(month) - 60,
  });
  const findings = callsOf('detector').flatMap(({ input }) => bodiesIn(Object(input)));
  const [finding] = findings.map(parseFinding);
  if (finding === undefined) throw new Error('The detector found nothing.');
  for (const _try of [1, 2, 3]) await as('detector', () => detector(batch(['no event']), context)); // then it is given up

  const alert = await wired('alert', () => import('../../functions/alert/index.ts'));
  const alertWith = (bodies?: readonly string[]) =>
    as('alert', () => alert(bodies === undefined ? {} : batch(bodies), context));
  await alertWith(findings);
  for (const _try of [1, 2, 3]) await alertWith(['no finding']);
  isMailUnanswered = true;
  await alertWith([JSON.stringify({ ...finding, id: 'unanswered', cause: undefined })]);
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
  await alertWith();
  await alertWith();

  const reconcile = await wired('reconcile', () => import('../../functions/reconcile/index.ts'));
  const since = new Date(monthAtSec(month) * 1000).toISOString();
  await as('reconcile', () => reconcile({ since }, context));

  await seedLargeState(startSec, finding);
  const sweep = await wired('sweep', () => import('../../functions/sweep/index.ts'));
  await as('sweep', sweep);
  setSec(monthAtSec(month + 1) + 3 * daySec); // the renewal has not come
  await as('sweep', sweep);

  async function seedLargeState(sweptAtSec: number, ...findings: readonly Finding[]): Promise<void> {
    const store = dynamoAccountStore(table.client, table.tableName);
    const loaded = await store.loadState(self);
    const hours = withRecountedHours(noHours, hoursIn(135, hourOf(sweptAtSec) - 1), hourOf(sweptAtSec));
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
  const refused = denied.filter(({ functionName }) => functionName === name);
  expect([...new Set(refused.map(({ advice }) => advice))]).toEqual([]);
});

const ownCode = 'its own code';

/** A row for each permission of a function, and why it has it. */
function permissionsOf(name: FunctionName): readonly (readonly [grant: string, why: string])[] {
  return grantsIn(stack.roleOf(name).statements).map((grant) => {
    const [, why] = reasons.find(([permission]) => permission.test(`${name}: ${grant}`)) ?? [];
    return [grant, why ?? ownCode];
  });
}

describe.each(functionNames)('%s has no permission without a use:', (name) => {
  it.each(permissionsOf(name))('%s [%s]', (grant, why) => {
    const unused = why === ownCode ? 'no one: take it from the role, or add a reason above' : why;
    expect(control.used(name).has(grant) ? ownCode : unused).toBe(why);
  });
});

it('gives no reason for what is not granted', () => {
  const given = new Set(functionNames.flatMap((name) => permissionsOf(name).map(([, why]) => why)));
  expect(reasons.map(([, why]) => why).filter((why) => !given.has(why))).toEqual([]);
});

describe('a planted fault shows:', () => {
  it.each(plantedRoleFaults)('$fault', ({ before, after, advice }) => {
    const changed = accessControl();
    changed.enforce(stackModel(JSON.parse(template.replace(before, after))).iam);
    const advices = functionNames.flatMap((name) =>
      callsOf(name).flatMap((call) => changed.check(name, call)?.advice ?? []),
    );
    expect([...new Set(advices)].join('\n')).toContain(advice);
  });
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

function callsOf(name: FunctionName): readonly RecordedCall[] {
  return made.get(name) ?? [];
}

function batch(bodies: readonly string[]) {
  const Records = bodies.map((body, index) => ({
    messageId: `m${index}-${body.length}`,
    receiptHandle: randomUUID(), // another one for each receive
    body,
    attributes: { MessageGroupId: 'cus_acme', ApproximateReceiveCount: '1' },
  }));
  return { Records } as never; // the fields that handlers read
}

function bodiesIn(input: object): readonly string[] {
  const { Entries = [] } = input as { Entries?: readonly { MessageBody: string }[] };
  return Entries.map(({ MessageBody }) => MessageBody);
}
