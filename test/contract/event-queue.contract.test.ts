import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type EmbeddedServers, startEmbeddedServers } from '../../infra/local/servers/embedded-servers.ts';
import { parseBillingEvent } from '../../lib/domain/events/parse-billing-event.ts';
import type { EventQueue } from '../../lib/queue/event-queue.ts';
import { sqsEventQueue } from '../../lib/queue/sqs-event-queue.ts';
import { normalizeEvent } from '../../lib/stripe/event/normalize.ts';
import { draftInvoiceEvent } from '../fixtures/stripe-delivery.ts';
import { hostileQueue } from '../hostile/hostile-queue.ts';

let servers: EmbeddedServers;
let client: SQSClient;
let queue: EventQueue;
let urls: { events: string; unreadable: string };

beforeAll(async () => {
  servers = await startEmbeddedServers(0);
  client = new SQSClient({
    endpoint: servers.sqs,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  urls = {
    events: await createQueue('events.fifo', { FifoQueue: 'true' }),
    unreadable: await createQueue('unreadable', {}),
  };
  queue = sqsEventQueue(client, urls);
});
afterAll(async () => {
  client.destroy();
  await servers.stop();
});

async function createQueue(QueueName: string, Attributes: Record<string, string>): Promise<string> {
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl;
}

function event(id: string, changes: object, invoiceChanges: object = {}) {
  const normalized = normalizeEvent(draftInvoiceEvent({ id, ...changes }, invoiceChanges), 1_767_225_660);
  if (normalized.kind !== 'event') throw new Error(`The fixture is ${normalized.kind}, not an event.`);
  return normalized.event;
}

/** Everything in the queue, in the order it is handed out. */
async function drain(QueueUrl: string): Promise<Message[]> {
  const drained: Message[] = [];
  while (true) {
    const receive = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] });
    const [message] = (await client.send(receive)).Messages ?? [];
    if (message === undefined) return drained;
    drained.push(message);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  }
}

const groupsOf = (messages: readonly Message[]) =>
  messages.map(({ Attributes }) => Attributes?.MessageGroupId);
const idsOf = (messages: readonly Message[]) => messages.map(({ Body = '{}' }) => JSON.parse(Body).id);

it("hands one customer's events on in order, as they were sent", async () => {
  const sent = ['evt_a1', 'evt_a2', 'evt_a3'].map((id) => event(id, {}, { customer: 'cus_a' }));
  for (const each of sent) await queue.send(each);
  const received = await drain(urls.events);
  expect(received.map(({ Body = '' }) => parseBillingEvent(Body))).toEqual(sent);
  expect(new Set(groupsOf(received))).toEqual(new Set(['self/live/cus_a']));
});

it('hands an event that is sent twice on once', async () => {
  await queue.send(event('evt_twice', {}));
  await queue.send(event('evt_twice', {}));
  expect(idsOf(await drain(urls.events))).toEqual(['evt_twice']);
});

it('keeps customers, modes and accounts apart, and events without a customer by their object', async () => {
  await queue.send(event('evt_g1', {}, { customer: 'cus_a' }));
  await queue.send(event('evt_g2', { livemode: false }, { customer: 'cus_a' }));
  await queue.send(event('evt_g3', { account: 'acct_9' }, { customer: 'cus_a' }));
  await queue.send(event('evt_g4', {}, { customer: null, id: 'in_7' }));
  expect(groupsOf(await drain(urls.events)).sort()).toEqual([
    'acct_9/live/cus_a',
    'self/live/cus_a',
    'self/live/in_7',
    'self/test/cus_a',
  ]);
});

/** AWS refuses any other; the embedded server does not look. */
const sqsId = /^[!-~]{1,128}$/;

it('takes ids that SQS does not, each customer still in a group of its own', async () => {
  const odd = ['Jane Doe', 'John Doe', 'x'.repeat(64), 'x'.repeat(255), 'тариф', '😀'.repeat(255)];
  for (const [index, customer] of odd.entries()) {
    await queue.send(event(`evt odd ${index}`, { account: `acct_${'y'.repeat(59)}` }, { customer }));
  }
  const received = await drain(urls.events);
  expect(idsOf(received).sort()).toEqual(odd.map((_, index) => `evt odd ${index}`));
  expect(new Set(groupsOf(received)).size).toBe(odd.length);
  for (const { Attributes } of received) {
    expect(Attributes?.MessageGroupId).toMatch(sqsId);
    expect(Attributes?.MessageDeduplicationId).toMatch(sqsId);
  }
});

it('carries every character that a name may hold', async () => {
  const customer_name = 'Zoë 😀 \uffff\ufffe "quoted"';
  const sent = event('evt_text', {}, { customer_name });
  await queue.send(sent);
  const [received] = await drain(urls.events);
  expect(parseBillingEvent(received?.Body ?? '')).toEqual(sent);
});

it('sets an event that we cannot read aside, whole', async () => {
  const unreadable = JSON.stringify({ id: 'evt_u', text: `😀\uffff${'x'.repeat(999_000)}` });
  await queue.setAside(unreadable);
  const [received] = await drain(urls.unreadable);
  expect(JSON.parse(received?.Body ?? '')).toEqual(JSON.parse(unreadable));
});

it('sets aside what is too long for SQS once it is escaped, but for the characters that SQS takes in no way', async () => {
  const client = hostileQueue(({ MessageBody }) => sent.push(MessageBody));
  const sent: (string | undefined)[] = [];
  const text = '\uffff😀'.repeat(140_000);
  await sqsEventQueue(client, urls).setAside(JSON.stringify({ text }));
  expect(sent).toEqual([JSON.stringify({ text: text.replaceAll('\uffff', '\ufffd') })]);
});

it('rejects when the queue does not take it', async () => {
  const missing = sqsEventQueue(client, {
    events: `${urls.events}-gone`,
    unreadable: `${urls.unreadable}-gone`,
  });
  await expect(missing.send(event('evt_r', {}))).rejects.toThrow('queue');
  await expect(missing.setAside('{}')).rejects.toThrow('queue');
});
