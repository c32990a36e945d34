import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Pipeline, processCustomer } from '../../lib/detect/pipeline.ts';
import { type AccountScores, reportToSweep, type SweepInbox } from '../../lib/detect/report-to-sweep.ts';
import { workInOrder } from '../../lib/detect/work-in-order.ts';
import { type Delivery, deliveryOf, eventIn } from '../../lib/queue/delivery.ts';

/** A batch of `events.fifo`: customers side by side, each customer's events in order; then the facts for the sweep. */
export function makeHandler(pipeline: Pipeline, inbox: SweepInbox, maxReceives: number, logger: Logger) {
  // A message that now goes to the dead letters would take along those behind it, which have been tried as often.
  const isLastTry = ({ receives }: Delivery) => receives >= maxReceives;

  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const deliveries = Records.map(deliveryOf);
    const learned: AccountScores[] = [];
    const process = async (some: readonly Delivery[]) =>
      void learned.push(...(await processCustomer(some.map(eventIn), pipeline)));
    const customers = [...Map.groupBy(deliveries, ({ group }) => group).values()];
    const left = await Promise.all(customers.map((some) => workInOrder(some, process, isLastTry)));
    for (const { item, error } of left.flatMap(({ broken }) => broken))
      logger.error('An event goes back', { messageId: item.messageId, lastTry: isLastTry(item), error });
    await reportToSweep(
      deliveries.flatMap(({ event }) => event ?? []),
      inbox,
      learned,
    );
    const goBack = left.flatMap(({ broken, waiting }) => [...broken.map(({ item }) => item), ...waiting]);
    return { batchItemFailures: goBack.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}
