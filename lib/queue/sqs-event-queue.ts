import { createHash } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { BillingEvent } from '../domain/billing-event.ts';
import { objectOf } from '../domain/object-of.ts';
import type { EventQueue } from './event-queue.ts';
import { sqsJson } from './sqs-json.ts';

/** `events` is a FIFO queue, `unreadable` a standard one; both are URLs. */
export function sqsEventQueue(
  client: SQSClient,
  queues: { readonly events: string; readonly unreadable: string },
): EventQueue {
  return {
    async send(event) {
      const message = new SendMessageCommand({
        QueueUrl: queues.events,
        MessageGroupId: sqsToken(groupOf(event)),
        MessageDeduplicationId: sqsToken(event.id),
        MessageBody: sqsJson(JSON.stringify(event)),
      });
      await client.send(message);
    },
    async setAside(eventJson) {
      const MessageBody = sqsJson(eventJson);
      await client.send(new SendMessageCommand({ QueueUrl: queues.unreadable, MessageBody }));
    },
  };
}

/** One customer's events are judged in order; where nobody is named, one object's. */
function groupOf(event: BillingEvent): string {
  const object = objectOf(event).id;
  return [event.account, event.livemode ? 'live' : 'test', event.customer ?? object].join('/');
}

/** SQS takes up to 128 printable ASCII characters as an id; Stripe's old customer ids may be anything. */
function sqsToken(text: string): string {
  return /^[!-~]{1,128}$/.test(text) ? text : createHash('sha256').update(text).digest('hex');
}
