import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseBillingEvent } from '../../lib/domain/parse-billing-event.ts';
import { type Pipeline, processCustomer } from '../../lib/pipeline.ts';
import { workInOrder } from '../../lib/work-in-order.ts';

/** A batch of `events.fifo`: customers side by side, each customer's events in order. */
export function makeHandler(pipeline: Pipeline, maxReceiveCount: number, logger: Logger) {
  const process = async (records: readonly SQSRecord[]): Promise<void> => {
    const events = records.map(({ body }) => parseBillingEvent(body));
    await processCustomer(events, pipeline);
  };

  // A message that now goes to the dead letters would take along those behind it, which have been tried as often.
  const isLastTry = ({ attributes }: SQSRecord) =>
    Number(attributes.ApproximateReceiveCount) >= maxReceiveCount;

  const leftOf = async (records: readonly SQSRecord[]): Promise<readonly SQSRecord[]> => {
    const { broken, waiting } = await workInOrder(records, process, isLastTry);
    for (const { item, error } of broken)
      logger.error('An event goes back', { messageId: item.messageId, lastTry: isLastTry(item), error });
    return [...broken.map(({ item }) => item), ...waiting];
  };

  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const customers = Map.groupBy(Records, (record) => record.attributes.MessageGroupId ?? record.messageId);
    const left = await Promise.all([...customers.values()].map(leftOf));
    return { batchItemFailures: left.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}
