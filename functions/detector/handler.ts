import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Pipeline, processCustomer } from '../../lib/pipeline.ts';
import { type Delivery, deliveryOf, eventIn } from '../../lib/queue/delivery.ts';
import { type SweepInbox, tellSweep } from '../../lib/tell-sweep.ts';
import { workInOrder } from '../../lib/work-in-order.ts';

/** A batch of `events.fifo`: the sweep is told; customers side by side, each customer's events in order. */
export function makeHandler(pipeline: Pipeline, inbox: SweepInbox, maxReceives: number, logger: Logger) {
  // A message that now goes to the dead letters would take along those behind it, which have been tried as often.
  const isLastTry = ({ receives }: Delivery) => receives >= maxReceives;
  const process = (some: readonly Delivery[]) => processCustomer(some.map(eventIn), pipeline);

  const leftOf = async (customer: readonly Delivery[]): Promise<readonly Delivery[]> => {
    const { broken, waiting } = await workInOrder(customer, process, isLastTry);
    for (const { item, error } of broken)
      logger.error('An event goes back', { messageId: item.messageId, lastTry: isLastTry(item), error });
    return [...broken.map(({ item }) => item), ...waiting];
  };

  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const deliveries = Records.map(deliveryOf);
    const events = deliveries.flatMap(({ event }) => event ?? []);
    const customers = [...Map.groupBy(deliveries, ({ group }) => group).values()];
    const [left] = await Promise.all([Promise.all(customers.map(leftOf)), tellSweep(events, inbox)]);
    return { batchItemFailures: left.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}
