import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Pipeline, processCustomer } from '../../lib/detect/pipeline.ts';
import { type AccountScores, reportToSweep, type SweepInbox } from '../../lib/detect/report-to-sweep.ts';
import { type Delivery, deliveryOf, eventIn, eventsOf } from '../../lib/queue/delivery.ts';
import { type ConsumerDeps, queueConsumer } from '../../lib/queue/queue-consumer.ts';

export interface Detecting extends ConsumerDeps {
  readonly pipeline: Pipeline;
  readonly inbox: SweepInbox;
}

/** A batch of `events.fifo`: customers side by side, each customer's events in order; then the facts for the sweep. */
export function makeHandler({ pipeline, inbox, ...deps }: Detecting) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const consumer = queueConsumer(deps, context.getRemainingTimeInMillis());
    const learned: AccountScores[] = [];
    const detect = async (some: readonly Delivery[]) =>
      void learned.push(...(await processCustomer(some.map(eventIn), pipeline)));
    const detected = await consumer.process(Records.map(deliveryOf), detect);

    // One report for all customers: a single group, and no delivery that was given up.
    const judged = detected.done.map((delivery) => ({ ...delivery, group: 'all' }));
    const report = (some: readonly Delivery[]) => reportToSweep(eventsOf(some), inbox, learned);
    const reported = await consumer.process(judged, report);
    return consumer.answer([...detected.left, ...reported.left]);
  };
}
