import fc from 'fast-check';
import { InfrastructureError } from '../../../lib/infrastructure-error.ts';
import { waitSec } from '../../../lib/queue/held-message.ts';
import { mostTries, processMessages, type Received } from '../../../lib/queue/process-messages.ts';
import { memoryTryCounter } from '../../fixtures/memory/memory-try-counter.ts';

type Nature = 'good' | 'broken' | 'deadly';

/** Thrown in place of the end of a process: nothing after it may run. */
class Killed extends Error {}

/**
 * A FIFO group and the function it feeds, until nothing is left: the function may be killed at any call, and all that
 * it had in hand comes back.
 * @param isUp whether the infrastructure works in a round
 */
async function drain(natures: readonly Nature[], isUp: (round: number) => boolean, mostRounds = 200) {
  const tries = memoryTryCounter();
  const done: string[] = [];
  const givenUp: string[] = [];
  let queue = natures.map((nature, index) => ({
    messageId: `m${index}`,
    receiptHandle: '',
    receives: 0,
    nature,
  }));
  let rounds = 0;
  for (; queue.length > 0 && rounds < mostRounds; rounds += 1) {
    const batch = queue.map((message) => ({
      ...message,
      receives: message.receives + 1,
      receiptHandle: `${message.messageId} ${rounds}`,
    }));
    const call = async <Answer>(answer: () => Promise<Answer>): Promise<Answer> => {
      if (!isUp(rounds)) throw new InfrastructureError('refused');
      return answer();
    };
    let isKilled = false;
    const work = async (some: readonly (Received & { nature: Nature })[]): Promise<void> => {
      if (some.some(({ nature }) => nature === 'deadly')) {
        isKilled = true;
        throw new Killed();
      }
      await call(async () => undefined);
      if (some.some(({ nature }) => nature === 'broken')) throw new TypeError('a defect');
      done.push(...some.map(({ messageId }) => messageId));
    };
    const unlessKilled = async <Answer>(answer: () => Promise<Answer>): Promise<Answer> =>
      isKilled ? new Promise<Answer>(() => {}) : answer();
    const left = await Promise.race([
      processMessages(
        batch,
        (some) => work(some).catch((error) => (isKilled ? new Promise(() => {}) : Promise.reject(error))),
        {
          tries: {
            add: (one) => unlessKilled(() => call(() => tries.add(one))),
            takeBack: (one) => unlessKilled(() => call(() => tries.takeBack(one))),
          },
          giveUp: ({ messageId }) => unlessKilled(() => call(async () => void givenUp.push(messageId))),
        },
      ),
      new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined))),
    ]);
    const back = new Set(left?.left.map(({ message }) => message.messageId));
    queue = batch.filter(({ messageId }) => left === undefined || back.has(messageId));
  }
  return { done: new Set(done), givenUp, rounds, left: queue.map(({ messageId }) => messageId) };
}

const natures = fc.array(fc.constantFrom<Nature>('good', 'good', 'good', 'broken', 'deadly'), {
  maxLength: 8,
});

it('processes each good message and gives up each other one, whatever the infrastructure does', async () => {
  await fc.assert(
    fc.asyncProperty(natures, fc.integer({ max: 40, min: 0 }), async (all, outage) => {
      const { done, givenUp, left } = await drain(all, (round) => round >= outage);
      const idsOf = (isGood: boolean) =>
        all.flatMap((nature, index) => ((nature === 'good') === isGood ? `m${index}` : []));
      expect(left).toEqual([]);
      expect([...done].sort()).toEqual(idsOf(true).sort());
      expect([...new Set(givenUp)].sort()).toEqual(idsOf(false).sort());
    }),
  );
});

it('gives up nothing while the infrastructure fails, however long', async () => {
  const { givenUp, left } = await drain(['good', 'broken', 'good'], () => false, 1_000);
  expect(givenUp).toEqual([]);
  expect(left).toEqual(['m0', 'm1', 'm2']);
});

it('tries a broken message three times, and holds up none of the others', async () => {
  const { done, givenUp, rounds } = await drain(['good', 'broken', 'good'], () => true);
  expect([[...done].sort(), givenUp, rounds]).toEqual([['m0', 'm2'], ['m1'], mostTries]);
});

it('waits twice as long each time, and at most five minutes', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 100].map(waitSec)).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  expect(waitSec(301)).toBe(1_800);
});

it('gives a message up for its own error, though the first call to do so is refused', async () => {
  const tries = memoryTryCounter();
  const reasons: string[] = [];
  let isRefused = true;
  const giveUp = async (_message: Received, error: unknown): Promise<void> => {
    if (isRefused) throw new InfrastructureError('refused');
    reasons.push(Object(error).name);
  };
  const broken = () => Promise.reject(new TypeError('a defect'));
  for (let receives = 1; receives <= 4; receives += 1) {
    isRefused = receives === 3;
    const message = { messageId: 'm', receiptHandle: `m ${receives}`, receives };
    await processMessages([message], broken, { tries, giveUp });
  }
  expect(reasons).toEqual(['TypeError']);
});
