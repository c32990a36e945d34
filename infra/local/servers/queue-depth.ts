import { GetQueueAttributesCommand, type QueueAttributeName, type SQSClient } from '@aws-sdk/client-sqs';

const states: QueueAttributeName[] = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
];

/** Messages in some queues, whether they wait, are delayed or are being worked on. */
export async function queueDepth(
  sqs: SQSClient,
  queues: readonly { readonly url: string }[],
): Promise<number> {
  const depths = await Promise.all(
    queues.map(async ({ url }) => {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: states }),
      );
      return states.reduce((sum, state) => sum + Number(Attributes[state] ?? 0), 0);
    }),
  );
  return depths.reduce((sum, depth) => sum + depth, 0);
}
