import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import type { makeHandler } from '../../../functions/webhook/handler.ts';
import { type EmbeddedServers, startEmbeddedServers } from '../../../infra/local/servers/embedded-servers.ts';
import { startSecretsServer } from '../../../infra/local/servers/secrets-server.ts';
import { logBytes } from '../../contract/webhook-costs.ts';
import { draftInvoiceEvent, liveSecret, signature } from '../../fixtures/stripe-delivery.ts';

const secretArn = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:signing';
// The SDK goes to the host in QueueUrl, whatever AWS_ENDPOINT_URL_SQS says.
const queueUrl = (name: string) => `${servers.sqs}/000000000000/${name}`;

let servers: EmbeddedServers;
const secretTexts = new Map([[secretArn, liveSecret]]);
let secrets: Awaited<ReturnType<typeof startSecretsServer>>;
let sqs: SQSClient;
let handler: ReturnType<typeof makeHandler>;
let printed: string;

beforeAll(async () => {
  servers = await startEmbeddedServers(0);
  secrets = await startSecretsServer(secretTexts);
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: servers.sqs,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    EVENTS_QUEUE_URL: queueUrl('events.fifo'),
    UNREADABLE_QUEUE_URL: queueUrl('unreadable'),
    SIGNING_SECRETS_ARN: secretArn,
  });
  sqs = new SQSClient({});
  await sqs.send(new CreateQueueCommand({ QueueName: 'events.fifo', Attributes: { FifoQueue: 'true' } }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'unreadable' }));
  ({ handler } = await import('../../../functions/webhook/index.ts'));
});
afterAll(async () => {
  sqs.destroy();
  await Promise.all([servers.stop(), secrets.stop()]);
});

beforeEach(() => {
  printed = '';
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      printed += chunk;
      return true;
    });
  }
});
afterEach(() => jest.restoreAllMocks());

async function queued(name: string): Promise<number> {
  const command = new GetQueueAttributesCommand({
    QueueUrl: queueUrl(name),
    AttributeNames: ['ApproximateNumberOfMessages'],
  });
  return Number((await sqs.send(command)).Attributes?.ApproximateNumberOfMessages);
}

function delivery(event: object) {
  const body = JSON.stringify(event);
  const header = signature(body, Math.floor(Date.now() / 1000));
  return { body, isBase64Encoded: false, headers: { 'stripe-signature': header } };
}

const canary = 'c4n4ryc4n4ry';
const hex64 = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
const forgedHeader = fc.oneof(
  fc.constant('t=1,v1'),
  fc.string({ unit: 'binary' }),
  hex64.map((hex) => `t=${Math.floor(Date.now() / 1000)},v1=${hex}`),
  fc.string({ unit: 'grapheme', minLength: 64, maxLength: 64 }).map((text) => `t=1,v1=${text}`),
  fc.string().map((text) => signature(text, Math.floor(Date.now() / 1000), 'whsec_foreign')),
);
const forgedBody = fc.oneof(
  fc.uint8Array(),
  fc.json().map((json) => Buffer.from(json)),
);

it('answers 400 to whatever Stripe did not sign, queues nothing and logs nothing of it', async () => {
  await fc.assert(
    fc.asyncProperty(forgedBody, forgedHeader, fc.boolean(), async (bytes, header, isBase64Encoded) => {
      const body = Buffer.concat([bytes, Buffer.from(canary)]).toString(isBase64Encoded ? 'base64' : 'utf8');
      const headers = { 'stripe-signature': `${header},${canary}` };
      expect(await handler({ body, isBase64Encoded, headers })).toEqual({
        statusCode: 400,
        body: 'rejected',
      });
    }),
  );
  expect(printed).toContain('"RejectedRequests":1');
  expect(printed).not.toContain(canary);
  expect(printed).not.toContain('whsec_');
  expect([await queued('events.fifo'), await queued('unreadable')]).toEqual([0, 0]);
});

it('queues a signed event and prints nothing', async () => {
  expect(await handler(delivery(draftInvoiceEvent()))).toEqual({ statusCode: 200, body: 'accepted' });
  expect(await queued('events.fifo')).toBe(1);
  expect(printed).toBe('');
});

it('counts an event of a type that we do not use by one line, as short as the costs in the docs have it', async () => {
  const event = draftInvoiceEvent({ type: 'customer.subscription.trial_will_end' });
  expect(await handler(delivery(event))).toEqual({ statusCode: 200, body: 'accepted' });
  expect(JSON.parse(printed)).toMatchObject({ IgnoredEvents: 1 });
  expect(Buffer.byteLength(printed) + 26).toBeLessThanOrEqual(logBytes.ignoredEvent);
});

it('warns of a placeholder next to the secret without a word of either', async () => {
  secretTexts.set(secretArn, `whsec_...,${liveSecret}`);
  await jest.isolateModulesAsync(async () => {
    const fresh = await import('../../../functions/webhook/index.ts');
    const event = draftInvoiceEvent({ id: 'evt_beside_a_placeholder' });
    expect(await fresh.handler(delivery(event))).toEqual({ statusCode: 200, body: 'accepted' });
  });
  expect(JSON.parse(printed)).toMatchObject({
    level: 'WARN',
    message: 'The signing secret is not used whole',
    faults: ['word 1 of 2: a placeholder follows whsec_'],
  });
  expect(printed).not.toContain(liveSecret);
});

it('counts an event that it cannot read by one line without its contents', async () => {
  const unreadable = draftInvoiceEvent({}, { amount_due: canary, customer_name: canary });
  expect(await handler(delivery(unreadable))).toEqual({ statusCode: 200, body: 'accepted' });
  expect(await queued('unreadable')).toBe(1);
  expect(JSON.parse(printed)).toMatchObject({ UnreadableEvents: 1, service: 'webhook' });
  expect(printed).not.toContain(canary);
});

it('answers 500 when the queue is gone, and logs why without the event', async () => {
  await servers.stop();
  const event = draftInvoiceEvent({}, { customer_name: canary });
  expect(await handler(delivery(event))).toEqual({ statusCode: 500, body: 'try again' });
  expect(JSON.parse(printed)).toMatchObject({
    level: 'ERROR',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
  expect(printed).not.toContain(canary);
});
