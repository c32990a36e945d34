import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Pipeline, processCustomer } from '../../lib/detect/pipeline.ts';
import { type AccountScores, reportToSweep, type SweepInbox } from '../../lib/detect/report-to-sweep.ts';
import { errorNames } from '../../lib/error-names.ts';
import { isInfrastructureError } from '../../lib/infrastructure-error.ts';
import { type Delivery, deliveryOf, eventIn } from '../../lib/queue/delivery.ts';
import type { MessageReturns } from '../../lib/queue/held-message.ts';
import { processMessages, type Unprocessed } from '../../lib/queue/process-messages.ts';
import { withinDeadline } from '../../lib/queue/within-deadline.ts';
import type { TryCounter } from '../../lib/store/tries/try-counter.ts';

export interface Detecting {
  readonly pipeline: Pipeline;
  readonly inbox: SweepInbox;
  readonly tries: TryCounter;
  readonly returns: MessageReturns;
}

/** What delaying what is left takes at most, and the answer. */
const answerMs = 2_000;

/** A batch of `events.fifo`: customers side by side, each customer's events in order; then the facts for the sweep. */
export function makeHandler({ pipeline, inbox, tries, returns }: Detecting, logger: Logger) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const within = withinDeadline(context.getRemainingTimeInMillis() - answerMs);
    const work = (some: readonly Delivery[], doing: (some: readonly Delivery[]) => Promise<void>) =>
      processMessages(some, (each) => within(doing(each)), {
        tries: {
          add: (id) => within(tries.add(id)),
          takeBack: (id) => within(tries.takeBack(id)),
        },
        async giveUp(delivery, error) {
          await within(returns.giveUp(delivery, error));
          logger.error('An event is given up', { messageId: delivery.messageId, error });
        },
      });

    const deliveries = Records.map(deliveryOf);
    const learned: AccountScores[] = [];
    const detect = async (some: readonly Delivery[]) =>
      void learned.push(...(await processCustomer(some.map(eventIn), pipeline)));
    const customers = [...Map.groupBy(deliveries, ({ group }) => group).values()];
    const undetected = (await Promise.all(customers.map((some) => work(some, detect)))).flat();

    const waiting = new Set(undetected.map(({ message }) => message));
    const detected = deliveries.filter((delivery) => !waiting.has(delivery));
    const eventsOf = (some: readonly Delivery[]) => some.flatMap(({ event }) => event ?? []);
    const report = (some: readonly Delivery[]) => reportToSweep(eventsOf(some), inbox, learned);
    return goBack([...undetected, ...(await work(detected, report))]);
  };

  async function goBack(left: readonly Unprocessed<Delivery>[]): Promise<SQSBatchResponse> {
    const { waits = [], broken = [] } = Object.groupBy(left, ({ error }) =>
      isInfrastructureError(error) ? 'waits' : 'broken',
    );
    for (const { message, error } of broken)
      logger.error('An event goes back', { messageId: message.messageId, error });
    if (waits.length > 0) {
      const reasons = [...new Set(waits.flatMap(({ error }) => errorNames(error)))];
      logger.error('Events wait until AWS works again', { events: waits.length, reasons });
    }
    if (left.length > 0) await delay(left.map(({ message }) => message));
    return { batchItemFailures: left.map(({ message }) => ({ itemIdentifier: message.messageId })) };
  }

  /** Best effort: else they wait as long as the queue's visibility time-out. */
  async function delay(deliveries: readonly Delivery[]): Promise<void> {
    const within = withinDeadline(answerMs / 2);
    await within(returns.delay(deliveries)).catch((error) =>
      logger.warn('Events wait for the visibility time-out', { reasons: errorNames(error) }),
    );
  }
}
