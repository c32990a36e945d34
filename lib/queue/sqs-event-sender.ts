import { createHash } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { BillingEvent } from '../domain/events/billing-event.ts';
import { billingEventVersion } from '../domain/events/billing-event-version.ts';
import { objectOf } from '../domain/events/object-of.ts';
import { written } from '../domain/schema/stored-shape.ts';
import type { EventQueue } from './event-queue.ts';
import { sqsJson } from './sqs-json.ts';

/** @param queueUrl a FIFO queue */
export function sqsEventSender(client: SQSClient, queueUrl: string): EventQueue['send'] {
  return async (event) => {
    const message = new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageGroupId: sqsToken(groupOf(event)),
      MessageDeduplicationId: sqsToken(event.id),
      MessageBody: sqsJson(JSON.stringify(written(event, billingEventVersion))),
    });
    await client.send(message);
  };
}

/** One customer's events are judged in order; where no customer is named, one object's. */
function groupOf(event: BillingEvent): string {
  const object = objectOf(event).id;
  return [event.account, event.livemode ? 'live' : 'test', event.customer ?? object].join('/');
}

/** SQS takes up to 128 printable ASCII characters as an id; Stripe's old customer ids may be anything. */
function sqsToken(text: string): string {
  return /^[!-~]{1,128}$/.test(text) ? text : createHash('sha256').update(text).digest('hex');
}
