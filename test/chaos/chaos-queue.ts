import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type HeldMessage, waitSec } from '../../lib/queue/held-message.ts';
import type { Draw } from '../fixtures/seeded.ts';
import type { World } from './virtual-world.ts';

interface Message {
  readonly id: string;
  readonly group: string;
  readonly body: string;
  visibleAtSec: number;
  receives: number;
}

export interface ChaosQueue {
  send(body: string, group?: string, deduplicationId?: string): void;
  /** Bodies of what was given up. */
  readonly deadLetters: string[];
  waiting(): number;
  /** Changes the visibility time-out of messages. */
  delay(messages: readonly HeldMessage[]): void;
  /** Puts a body among the dead letters, once. */
  giveUp(message: HeldMessage): void;
}

interface QueueSettings {
  /** Of the queue: no two messages have one id. */
  readonly name: string;
  readonly visibilitySec: number;
  readonly maxReceives: number;
  readonly batchSize: number;
  readonly concurrency: number;
  /** Percent of messages that are handed over once more after they were deleted; SQS promises at least once. */
  readonly doubled: number;
  readonly consume: (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;
}

/** SQS with Lambda's poller in virtual time: groups in order, visibility time-outs, partial failures, dead letters. */
export function chaosQueue(world: World, draw: Draw, settings: QueueSettings): ChaosQueue {
  const messages: Message[] = [];
  const deadLetters: string[] = [];
  const seen = new Map<string, number>();
  const givenUp = new Set<string>();
  let [sent, busy] = [0, 0];

  function receive(): Message[] {
    const locked = new Set(
      messages.filter(({ visibleAtSec }) => visibleAtSec > world.nowSec()).map(({ group }) => group),
    );
    const batch: Message[] = [];
    for (const message of [...messages]) {
      if (batch.length === settings.batchSize) break;
      if (locked.has(message.group)) continue;
      if (message.receives >= settings.maxReceives) {
        deadLetters.push(message.body);
        messages.splice(messages.indexOf(message), 1);
        continue;
      }
      batch.push(message);
    }
    for (const message of batch) {
      message.visibleAtSec = world.nowSec() + settings.visibilitySec;
      message.receives += 1;
    }
    return batch;
  }

  async function poll(): Promise<void> {
    if (busy >= settings.concurrency) return;
    const batch = receive();
    if (batch.length === 0) return;
    busy += 1;
    world.at(world.nowSec() + settings.visibilitySec, () => void poll());
    const answer = await settings.consume({ Records: batch.map(toRecord) });
    busy -= 1;
    const failed = new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of answer === undefined ? [] : batch) {
      if (failed.has(message.id)) continue;
      if (draw.chance(settings.doubled)) message.visibleAtSec = world.nowSec();
      else messages.splice(messages.indexOf(message), messages.includes(message) ? 1 : 0);
    }
    void poll();
  }

  return {
    deadLetters,
    waiting: () => messages.length,
    delay(held) {
      const mostReceives = Math.max(...held.map(({ receives }) => receives));
      const visibleAtSec = world.nowSec() + waitSec(mostReceives);
      for (const message of messages)
        if (held.some(({ messageId }) => messageId === message.id)) message.visibleAtSec = visibleAtSec;
      world.at(visibleAtSec, () => void poll());
    },
    giveUp({ messageId, body }) {
      if (givenUp.has(messageId)) return;
      givenUp.add(messageId);
      deadLetters.push(body);
    },
    send(body, group, deduplicationId) {
      const isRepeat =
        deduplicationId !== undefined && (seen.get(deduplicationId) ?? -1) > world.nowSec() - 300;
      if (isRepeat) return;
      if (deduplicationId !== undefined) seen.set(deduplicationId, world.nowSec());
      sent += 1;
      const id = `${settings.name}-${sent}`;
      messages.push({ id, group: group ?? id, body, visibleAtSec: 0, receives: 0 });
      world.at(world.nowSec(), () => void poll());
    },
  };
}

function toRecord({ id, group, body, receives }: Message): SQSRecord {
  const attributes = { MessageGroupId: group, ApproximateReceiveCount: String(receives), SentTimestamp: '0' };
  return { messageId: id, receiptHandle: `${id} ${receives}`, body, attributes } as unknown as SQSRecord; // the fields that the handlers read
}
