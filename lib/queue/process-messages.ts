import { isInfrastructureError } from '../infrastructure-error.ts';
import type { TryCounter } from '../store/tries/try-counter.ts';
import type { HeldMessage } from './held-message.ts';

/** What of a message says how it is tried. */
export type Received = Pick<HeldMessage, 'messageId' | 'receives'>;

export interface Retrying<Message> {
  readonly tries: TryCounter;
  /** Stores a message that can't be processed for a person to look at; resolves once it is stored durably. */
  readonly giveUp: (message: Message, error: unknown) => Promise<void>;
}

/** A message that is not processed: it must go back to its queue. */
export interface Unprocessed<Message> {
  readonly message: Message;
  readonly error: unknown;
}

/** Tries of a message that fails by itself, before it is given up. */
export const mostTries = 3;

/** Given up without an error: each time it was tried, the function ended before it could say anything. */
export class FunctionKilledError extends Error {
  constructor() {
    super(`The function was killed ${mostTries} times by this message: out of memory, or out of time.`);
    this.name = 'FunctionKilledError';
  }
}

/**
 * Does the work on all messages at once, which is cheap. If that fails by itself, it works one by one, and gives up
 * what has failed three times.
 *
 * - *The infrastructure fails:* the message and those behind it go back. No try is used up, so they wait as long as the
 *   queue keeps them.
 * - *A message fails by itself:* it alone goes back, and the others go on. After `mostTries` it is given up.
 * - *The function is killed* (memory, time): a message that comes back for the fourth time is tried alone, and its try
 *   is counted before. So the one that kills is given up, and those beside it are not.
 *
 * @param work must tolerate being repeated on finished messages
 * @returns what must go back to the queue; what is given up may be given up again if the function is killed afterwards
 */
export async function processMessages<Message extends Received>(
  messages: readonly Message[],
  work: (some: readonly Message[]) => Promise<void>,
  retrying: Retrying<Message>,
): Promise<readonly Unprocessed<Message>[]> {
  if (messages.length > 1 && !messages.some(isSuspect)) {
    try {
      await work(messages);
      return [];
    } catch (error) {
      if (isInfrastructureError(error)) return messages.map((message) => ({ message, error }));
    }
  }
  const left: Unprocessed<Message>[] = [];
  const goBack = (some: readonly Message[], error: unknown) => [
    ...left,
    ...some.map((message) => ({ message, error })),
  ];
  for (const [index, message] of messages.entries()) {
    try {
      await tryOne(message, work, retrying);
    } catch (error) {
      // Those behind one that killed the function wait: the next might kill it before the queue hears of this one.
      if (error instanceof FunctionKilledError) return goBack(messages.slice(index + 1), error);
      if (isInfrastructureError(error)) return goBack(messages.slice(index), error);
      left.push({ message, error });
    }
  }
  return left;
}

/**
 * Resolves when the message is processed or given up.
 * @throws {FunctionKilledError} it is given up
 * @throws why it must go back
 */
async function tryOne<Message extends Received>(
  message: Message,
  work: (some: readonly Message[]) => Promise<void>,
  { tries, giveUp }: Retrying<Message>,
): Promise<void> {
  const { messageId } = message;
  const begun = isSuspect(message) ? await tries.add(messageId) : 0;
  if (begun > mostTries) {
    const killed = new FunctionKilledError();
    await giveUp(message, killed);
    throw killed;
  }
  try {
    await work([message]);
  } catch (error) {
    if (isInfrastructureError(error)) {
      if (begun > 0) await takeBack(messageId, tries);
      throw error;
    }
    if ((begun || (await tries.add(messageId))) < mostTries) throw error;
    return giveUp(message, error);
  }
  if (begun > 0) await takeBack(messageId, tries);
}

/** Insists a little: a try that is not taken back looks like one that killed the function. */
async function takeBack(messageId: string, tries: TryCounter): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      return await tries.takeBack(messageId);
    } catch {
      // The next attempt; after the last one the count stays, and expires with the message.
    }
  }
}

function isSuspect({ receives }: Received): boolean {
  return receives > mostTries;
}
