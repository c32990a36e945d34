import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseBillingEvent } from '../../lib/domain/parse-billing-event.ts';
import { type Pipeline, processCustomer } from '../../lib/pipeline.ts';
import { workInOrder } from '../../lib/work-in-order.ts';

/** A batch of `events.fifo`: customers side by side, each customer's events in order. */
export function makeHandler(pipeline: Pipeline, logger: Logger) {
  const process = async (records: readonly SQSRecord[]): Promise<void> => {
    const events = records.map(({ body }) => parseBillingEvent(body));
    await processCustomer(events, pipeline);
  };

  const leftOf = async (records: readonly SQSRecord[]): Promise<readonly SQSRecord[]> => {
    const { done, error } = await workInOrder(records, process);
    const [broken] = records.slice(done);
    if (broken) logger.error('An event goes back to the queue', { messageId: broken.messageId, error });
    return records.slice(done);
  };

  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const customers = Map.groupBy(Records, (record) => record.attributes.MessageGroupId ?? record.messageId);
    const left = await Promise.all([...customers.values()].map(leftOf));
    return { batchItemFailures: left.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}
