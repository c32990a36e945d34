import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EventQueue } from './event-queue.ts';
import { fitsMessage } from './fits-message.ts';
import { sqsEventSender } from './sqs-event-sender.ts';

/** `events` is a FIFO queue, `unreadable` a standard one; both are URLs. */
export function sqsEventQueue(
  client: SQSClient,
  queues: { readonly events: string; readonly unreadable: string },
): EventQueue {
  return {
    send: sqsEventSender(client, queues.events),
    async setAside(eventJson) {
      const MessageBody = fitsMessage(eventJson);
      await client.send(new SendMessageCommand({ QueueUrl: queues.unreadable, MessageBody }));
    },
  };
}
