import { CreateQueueCommand, type QueueAttributeName, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueModel } from '../stack/read-stack.ts';

/** What of a queue's properties changes how it behaves here; encryption and tags do not. */
const behaviour: readonly QueueAttributeName[] = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'RedrivePolicy',
  'VisibilityTimeout',
];

/** Makes the template's queues. `visibilityTimeoutSec` replaces theirs, so that a test need not wait minutes. */
export async function createQueues(
  sqs: SQSClient,
  queues: readonly QueueModel[],
  visibilityTimeoutSec: number | undefined,
): Promise<void> {
  const deadLettersFirst = queues.toSorted(
    (a, b) => Number('RedrivePolicy' in a.properties) - Number('RedrivePolicy' in b.properties),
  );
  for (const { name, properties } of deadLettersFirst) {
    const wanted = {
      ...properties,
      ...(visibilityTimeoutSec && { VisibilityTimeout: visibilityTimeoutSec }),
    };
    const known = Object.entries(wanted).filter(([attribute]) => behaviour.some((one) => one === attribute));
    const Attributes = Object.fromEntries(
      known.map(([attribute, value]) => [
        attribute,
        typeof value === 'object' ? JSON.stringify(value) : String(value),
      ]),
    );
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  }
}
