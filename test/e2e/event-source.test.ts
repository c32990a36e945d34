import { createServer } from 'node:http';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type EventSource, startEventSource } from '../../infra/local/lambda/event-source.ts';
import { createQueues } from '../../infra/local/servers/create-queues.ts';
import { type EmbeddedServers, startEmbeddedServers } from '../../infra/local/servers/embedded-servers.ts';
import { closeServer, listenOnLoopback } from '../../infra/local/servers/loopback-server.ts';
import { queueDepth } from '../../infra/local/servers/queue-depth.ts';
import { until } from '../fixtures/until.ts';

let servers: EmbeddedServers;
let sqs: SQSClient;
let source: EventSource | undefined;
let queues = 0;

beforeAll(async () => {
  servers = await startEmbeddedServers(0);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  sqs = new SQSClient({ endpoint: servers.sqs, region: 'us-east-1', credentials });
});
afterEach(() => source?.stop());
afterAll(() => servers.stop());

const target = { running: () => 0, stop: async () => undefined };
const settings = {
  batchSize: 10,
  reportsBatchItemFailures: true,
  concurrency: 1,
  onDelivery: () => undefined,
};

function queueNamed(name: string, endpoint: string) {
  const arn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
  return { name, url: `${endpoint}/000000000000/${name}`, arn, properties: {} };
}

type Answer = (messageIds: readonly string[]) => unknown;

/** Three messages, delivered to a function that answers so: its event, and how many messages are not deleted. */
async function deliver(answer: Answer, reportsBatchItemFailures = true) {
  queues += 1;
  const name = `queue-${queues}`;
  const queue = queueNamed(name, servers.sqs);
  await createQueues(sqs, [queue], undefined);
  const MessageIds: string[] = [];
  for (const MessageBody of ['one', 'two', 'three']) {
    const { MessageId = '' } = await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody }));
    MessageIds.push(MessageId);
  }
  let event: unknown;
  const invoke = async (received: unknown) => {
    event = received;
    return answer(MessageIds);
  };
  source = startEventSource({
    ...settings,
    queue,
    sqs,
    reportsBatchItemFailures,
    target: { ...target, invoke },
  });
  await until('the batch is handed over', () => event !== undefined);
  await source.stop(); // once it has deleted what it may
  return { event, left: await queueDepth(sqs, [queue]) };
}

it('stops though a receipt is under way, which waits 20 s for a message', async () => {
  const asked: unknown[] = [];
  const silent = createServer((request) => asked.push(request.url)); // it never answers
  const endpoint = await listenOnLoopback(silent, 0);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const waiting = startEventSource({
    ...settings,
    queue: queueNamed('silent', endpoint),
    sqs: new SQSClient({ endpoint, region: 'us-east-1', credentials }),
    target: { ...target, invoke: async () => undefined },
  });
  await until('it waits for messages', () => asked.length > 0);
  await waiting.stop();
  await closeServer(silent);
  expect(asked).toHaveLength(1);
});

const failures = (ids: readonly (string | undefined)[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

it('hands over a batch in the shape that Lambda does', async () => {
  const { event } = await deliver(() => undefined);
  expect(event).toMatchObject({
    Records: ['one', 'two', 'three'].map((body) => ({
      body,
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
      messageAttributes: {},
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:sqs',
      eventSourceARN: expect.stringMatching(/^arn:aws:sqs:us-east-1:000000000000:queue-/),
      awsRegion: 'us-east-1',
    })),
  });
});

it.each<[string, Answer, number]>([
  ['deletes all of a batch that went well', () => ({ batchItemFailures: [] }), 0],
  ['takes no answer as success', () => undefined, 0],
  ['keeps only what the function names', (ids) => failures(ids.slice(1)), 2],
  [
    'keeps all when the function throws',
    () => {
      throw new Error('not today');
    },
    3,
  ],
  ['keeps all when it names a message that is not in the batch', () => failures(['another']), 3],
  ['keeps all when it names none by id', () => failures([undefined]), 3],
  ['keeps all when the answer is of another shape', () => ({ batchItemFailures: 'two' }), 3],
])('%s', async (_name, answer, left) => {
  expect((await deliver(answer)).left).toBe(left);
});

it('does not listen to failures where the template does not ask for them', async () => {
  expect((await deliver((ids) => failures(ids), false)).left).toBe(0);
});
