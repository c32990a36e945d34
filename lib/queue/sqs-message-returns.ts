import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorNames } from '../error-names.ts';
import type { HeldMessage, MessageReturns } from './message-returns.ts';

/** Both are URLs; the dead-letter queue is a FIFO queue where the other is one. */
export function sqsMessageReturns(
  client: SQSClient,
  queues: { readonly source: string; readonly deadLetters: string },
): MessageReturns {
  return {
    async delay(messages, waitSec) {
      await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queues.source,
          Entries: messages.map(({ receiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: waitSec,
          })),
        }),
      );
    },
    async giveUp(message, error) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queues.deadLetters,
          MessageBody: message.body,
          MessageAttributes: {
            error: { DataType: 'String', StringValue: errorNames(error).join(', ') },
          },
          ...fifoFields(message),
        }),
      );
    },
  };
}

/** Given up again within five minutes, as after a crash, it is there once. */
function fifoFields({ group, messageId }: HeldMessage) {
  return group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: messageId };
}
