import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorNames } from '../error-names.ts';
import { type HeldMessage, type MessageReturns, waitSec } from './held-message.ts';

/** Both are URLs; the dead-letter queue is a FIFO queue where the other is one. */
export function sqsMessageReturns(
  client: SQSClient,
  queues: { readonly source: string; readonly deadLetters: string },
): MessageReturns {
  return {
    async delay(messages) {
      // A group is locked until its last message shows again, so all of it waits for the same time.
      const groups = [...Map.groupBy(messages, ({ group }) => group).values()];
      const waits = groups.flatMap((some) => {
        const VisibilityTimeout = waitSec(Math.max(...some.map(({ receives }) => receives)));
        return some.map(({ receiptHandle }) => ({ ReceiptHandle: receiptHandle, VisibilityTimeout }));
      });
      const Entries = waits.map((wait, index) => ({ Id: String(index), ...wait }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queues.source, Entries }));
    },
    async giveUp(message, error) {
      const isFifo = queues.deadLetters.endsWith('.fifo');
      await client.send(
        new SendMessageCommand({
          QueueUrl: queues.deadLetters,
          MessageBody: message.body,
          MessageAttributes: { error: { DataType: 'String', StringValue: errorNames(error).join(', ') } },
          ...(isFifo && fifoFields(message)),
        }),
      );
    },
  };
}

/** Given up again within five minutes, as after a crash, it is there once. */
function fifoFields({ group, messageId }: HeldMessage) {
  return { MessageGroupId: group, MessageDeduplicationId: messageId };
}
