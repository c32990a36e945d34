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
    const deliveries = Records.map(deliveryOf);
    const learned: AccountScores[] = [];
    const detect = async (some: readonly Delivery[]) =>
      void learned.push(...(await processCustomer(some.map(eventIn), pipeline)));
    const customers = [...Map.groupBy(deliveries, ({ group }) => group).values()];
    const undetected = await Promise.all(customers.map((some) => consumer.process(some, detect)));

    const waiting = new Set(undetected.flat().map(({ message }) => message));
    const detected = deliveries.filter((delivery) => !waiting.has(delivery));
    const report = (some: readonly Delivery[]) => reportToSweep(eventsOf(some), inbox, learned);
    const unreported = await consumer.process(detected, report);
    return consumer.answer([...undetected.flat(), ...unreported]);
  };
}
