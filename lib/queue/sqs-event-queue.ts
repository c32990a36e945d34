import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EventQueue } from './event-queue.ts';
import { sqsEventSender } from './sqs-event-sender.ts';
import { sqsJson } from './sqs-json.ts';

/** What SQS takes in a message. An emoji is three times as long when it is escaped, which SQS itself needs not. */
const maxMessageBytes = 1_048_576;

/** `events` is a FIFO queue, `unreadable` a standard one; both are URLs. */
export function sqsEventQueue(
  client: SQSClient,
  queues: { readonly events: string; readonly unreadable: string },
): EventQueue {
  return {
    send: sqsEventSender(client, queues.events),
    async setAside(eventJson) {
      const escaped = sqsJson(eventJson);
      const fits = Buffer.byteLength(escaped) <= maxMessageBytes;
      const MessageBody = fits ? escaped : eventJson.replace(/[\ufffe\uffff]/g, '\ufffd');
      await client.send(new SendMessageCommand({ QueueUrl: queues.unreadable, MessageBody }));
    },
  };
}
