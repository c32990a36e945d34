import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { type EmbeddedServers, startEmbeddedServers } from '../../infra/local/servers/embedded-servers.ts';
import { heldMessage } from '../../lib/queue/held-message.ts';
import { sqsMessageReturns } from '../../lib/queue/sqs-message-returns.ts';

let servers: EmbeddedServers;
let client: SQSClient;
beforeAll(async () => {
  servers = await startEmbeddedServers(0);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SQSClient({ endpoint: servers.sqs, region: 'eu-central-1', credentials });
});
afterAll(async () => {
  client.destroy();
  await servers.stop();
});

async function createQueue(name: string, isFifo: boolean): Promise<string> {
  const { QueueUrl = '' } = await client.send(
    new CreateQueueCommand({
      QueueName: isFifo ? `${name}.fifo` : name,
      Attributes: { VisibilityTimeout: '600', ...(isFifo && { FifoQueue: 'true' }) },
    }),
  );
  return QueueUrl;
}

async function receive(QueueUrl: string, WaitTimeSeconds = 0) {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      WaitTimeSeconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
}

describe.each([true, false])('of a FIFO queue: %s', (isFifo) => {
  it('has a message wait for 5 s instead of the time-out of its queue, then gives it up with its error', async () => {
    const source = await createQueue(`source-${isFifo}`, isFifo);
    const deadLetters = await createQueue(`dead-${isFifo}`, isFifo);
    const fifo = isFifo ? { MessageGroupId: 'cus_1', MessageDeduplicationId: 'evt_1' } : {};
    await client.send(new SendMessageCommand({ QueueUrl: source, MessageBody: 'an event', ...fifo }));
    const returns = sqsMessageReturns(client, { source, deadLetters });
    const [first] = await receive(source);
    const held = heldMessage({
      messageId: first?.MessageId,
      receiptHandle: first?.ReceiptHandle,
      body: first?.Body,
      attributes: first?.Attributes,
    } as unknown as SQSRecord); // as Lambda's poller hands it over
    await returns.delay([held]);
    expect(await receive(source)).toEqual([]);
    const [again] = await receive(source, 20);
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');

    await returns.giveUp(held, new TypeError('with a name that no log may show'));
    await returns.giveUp(held, new TypeError('as after a crash'));
    const [dead] = await receive(deadLetters);
    expect(dead?.Body).toBe('an event');
    expect(dead?.MessageAttributes?.error?.StringValue).toBe('TypeError');
    expect(dead?.Attributes?.MessageGroupId).toBe(isFifo ? 'cus_1' : undefined);
    expect(await receive(deadLetters)).toHaveLength(isFifo ? 0 : 1);
  });
});
