import type { SQSBatchResponse } from 'aws-lambda';
import { errorNames } from '../error-names.ts';
import { isInfrastructureError } from '../infrastructure-error.ts';
import type { TryCounter } from '../store/tries/try-counter.ts';
import type { HeldMessage, MessageReturns } from './held-message.ts';
import { processMessages, type Unprocessed } from './process-messages.ts';
import { withinDeadline } from './within-deadline.ts';

export interface ConsumerDeps {
  readonly tries: TryCounter;
  readonly returns: MessageReturns;
  readonly log: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** One invocation of a function that a queue feeds. */
export interface QueueConsumer {
  /** `processMessages` within the invocation's time. */
  process<Message extends HeldMessage>(
    messages: readonly Message[],
    work: (some: readonly Message[]) => Promise<void>,
  ): Promise<readonly Unprocessed<Message>[]>;
  /** Has what is left wait, and names it to Lambda, which deletes the rest. */
  answer(left: readonly Unprocessed<HeldMessage>[]): Promise<SQSBatchResponse>;
}

const answerMs = 2_000; // delaying what is left, and the answer

/** @param remainingMs until Lambda kills the function */
export function queueConsumer({ tries, returns, log }: ConsumerDeps, remainingMs: number): QueueConsumer {
  const within = withinDeadline(remainingMs - answerMs);
  return {
    process: (messages, work) =>
      processMessages(messages, (some) => within(work(some)), {
        tries: { add: (id) => within(tries.add(id)), takeBack: (id) => within(tries.takeBack(id)) },
        async giveUp(message, error) {
          await within(returns.giveUp(message, error));
          log('A message is given up', { messageId: message.messageId, reasons: errorNames(error) });
        },
      }),

    async answer(left) {
      const { waits = [], broken = [] } = Object.groupBy(left, ({ error }) =>
        isInfrastructureError(error) ? 'waits' : 'broken',
      );
      for (const { message, error } of broken)
        log('A message goes back', { messageId: message.messageId, reasons: errorNames(error) });
      const reasons = [...new Set(waits.flatMap(({ error }) => errorNames(error)))];
      if (waits.length > 0) log('Messages wait until AWS works again', { messages: waits.length, reasons });
      if (left.length > 0)
        // Best effort: else they wait as long as the queue's visibility time-out.
        await withinDeadline(answerMs / 2)(returns.delay(left.map(({ message }) => message))).catch((error) =>
          log('Messages wait for the visibility time-out', { reasons: errorNames(error) }),
        );
      return { batchItemFailures: left.map(({ message }) => ({ itemIdentifier: message.messageId })) };
    },
  };
}
