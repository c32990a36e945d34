import type { SQSBatchResponse } from 'aws-lambda';
import { errorNames } from '../error-names.ts';
import { isInfrastructureError } from '../infrastructure-error.ts';
import type { TryCounter } from '../store/tries/try-counter.ts';
import type { HeldMessage, MessageReturns } from './held-message.ts';
import {
  FunctionKilledError,
  isSuspect,
  type Processed,
  processMessages,
  type Unprocessed,
} from './process-messages.ts';
import { withinDeadline } from './within-deadline.ts';

export interface ConsumerDeps {
  readonly tries: TryCounter;
  readonly returns: MessageReturns;
  readonly log: (message: string, facts: Readonly<Record<string, unknown>>) => void;
  /** Reports the age of the oldest message that waits for AWS: SQS leaves out what was received three times. */
  readonly onWaiting: (oldestSentAtSec: number) => void;
}

/** One invocation of a function that a queue feeds. */
export interface QueueConsumer {
  /** `processMessages` for each group, within the invocation's time. */
  process<Message extends HeldMessage>(
    messages: readonly Message[],
    work: (some: readonly Message[]) => Promise<void>,
  ): Promise<Processed<Message>>;
  /** Has what is left wait, and names it to Lambda, which deletes the rest. */
  answer(left: readonly Unprocessed<HeldMessage>[]): Promise<SQSBatchResponse>;
}

const answerMs = 2_000; // delaying what is left, and the answer

/** @param remainingMs until Lambda kills the function */
export function queueConsumer(deps: ConsumerDeps, remainingMs: number): QueueConsumer {
  const { tries, returns, log, onWaiting } = deps;
  const within = withinDeadline(remainingMs - answerMs);
  const briefly = withinDeadline(remainingMs - answerMs / 2); // also when the time for work is over

  function processGroup<Message extends HeldMessage>(
    messages: readonly Message[],
    work: (some: readonly Message[]) => Promise<void>,
  ): Promise<Processed<Message>> {
    return processMessages(messages, (some) => within(work(some)), {
      tries: { add: (one) => within(tries.add(one)), takeBack: (one) => briefly(tries.takeBack(one)) },
      async giveUp(message, error) {
        await within(returns.giveUp(message, error));
        log('A message is given up', { messageId: message.messageId, reasons: errorNames(error) });
      },
    });
  }

  return {
    async process(messages, work) {
      const groups = [...Map.groupBy(messages, ({ group }) => group).values()];
      if (!messages.some(isSuspect))
        return joined(await Promise.all(groups.map((some) => processGroup(some, work))));
      // One of them may kill the function: one after the other, so that it takes no other along.
      const all: Processed<(typeof messages)[number]>[] = [];
      for (const [index, some] of groups.entries()) {
        const one = await processGroup(some, work);
        all.push(one);
        const killed = one.left.find(({ error }) => error instanceof FunctionKilledError);
        if (killed === undefined) continue;
        const behind = groups.slice(index + 1).flat();
        all.push({ done: [], left: behind.map((message) => ({ message, error: killed.error })) });
        break;
      }
      return joined(all);
    },

    async answer(left) {
      const { waits = [], broken = [] } = Object.groupBy(left, ({ error }) =>
        isInfrastructureError(error) ? 'waits' : 'broken',
      );
      for (const { message, error } of broken)
        log('A message goes back', { messageId: message.messageId, reasons: errorNames(error) });
      const reasons = [...new Set(waits.flatMap(({ error }) => errorNames(error)))];
      if (waits.length > 0) {
        log('Messages wait until AWS works again', { messages: waits.length, reasons });
        onWaiting(Math.min(...waits.map(({ message }) => message.sentAtSec)));
      }
      if (left.length > 0)
        // Best effort: else they wait as long as the queue's visibility time-out.
        await withinDeadline(answerMs / 2)(returns.delay(left.map(({ message }) => message))).catch((error) =>
          log('Messages wait for the visibility time-out', { reasons: errorNames(error) }),
        );
      return { batchItemFailures: left.map(({ message }) => ({ itemIdentifier: message.messageId })) };
    },
  };
}

function joined<Message>(all: readonly Processed<Message>[]): Processed<Message> {
  return { done: all.flatMap(({ done }) => done), left: all.flatMap(({ left }) => left) };
}
