import { isInfrastructureError } from '../infrastructure-error.ts';
import type { Try, TryCounter } from '../store/tries/try-counter.ts';
import type { HeldMessage } from './held-message.ts';

/** What of a message says how it is tried. */
export type Received = Pick<HeldMessage, 'messageId' | 'receiptHandle' | 'receives'>;

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

/** What became of messages; what is in neither was given up. */
export interface Processed<Message> {
  readonly done: readonly Message[];
  readonly left: readonly Unprocessed<Message>[];
}

/** Tries of a message that fails by itself, before it is given up. */
export const mostTries = 3;

/** Given up without an error: each time it was tried, the function ended before it could say anything. */
export class FunctionKilledError extends Error {
  constructor() {
    super('The function was killed by this message each time: out of memory, or out of time.');
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
 * @returns what became of them; a message may be given up twice, if the function is killed right after
 */
export async function processMessages<Message extends Received>(
  messages: readonly Message[],
  work: (some: readonly Message[]) => Promise<void>,
  retrying: Retrying<Message>,
): Promise<Processed<Message>> {
  const allLeft = (some: readonly Message[], error: unknown) => some.map((message) => ({ message, error }));
  if (messages.length > 1 && !messages.some(isSuspect)) {
    try {
      await work(messages);
      return { done: messages, left: [] };
    } catch (error) {
      if (isInfrastructureError(error)) return { done: [], left: allLeft(messages, error) };
    }
  }
  const done: Message[] = [];
  const left: Unprocessed<Message>[] = [];
  for (const [index, message] of messages.entries()) {
    try {
      if (await tryOne(message, work, retrying)) done.push(message);
    } catch (error) {
      // Those behind one that killed the function wait: the next might kill it before the queue hears of this one.
      const behind = error instanceof FunctionKilledError ? index + 1 : index;
      if (error instanceof FunctionKilledError || isInfrastructureError(error))
        return { done, left: [...left, ...allLeft(messages.slice(behind), error)] };
      left.push({ message, error });
    }
  }
  return { done, left };
}

/**
 * Tries a message by itself.
 * @returns true when it is processed, false when it is given up
 * @throws {FunctionKilledError} it is given up, as it killed the function each time
 * @throws why it must go back
 */
async function tryOne<Message extends Received>(
  message: Message,
  work: (some: readonly Message[]) => Promise<void>,
  { tries, giveUp }: Retrying<Message>,
): Promise<boolean> {
  const isAlone = isSuspect(message);
  if (isAlone && (await begin(message, tries)) > mostTries) {
    const killed = new FunctionKilledError();
    await giveUp(message, killed);
    throw killed;
  }
  try {
    await work([message]);
  } catch (error) {
    if (isInfrastructureError(error)) {
      if (isAlone) await takeBack(message, tries);
      throw error;
    }
    if ((await begin(message, tries)) < mostTries) throw error;
    await giveUp(message, error).catch(async (refused: unknown) => {
      await takeBack(message, tries); // so that the next try gives it up for its own error
      throw refused;
    });
    return false;
  }
  if (isAlone) await takeBack(message, tries);
  return true;
}

/** Counts a try; one whose answer is lost is taken back, as it must not look like one that killed the function. */
async function begin(one: Try, tries: TryCounter): Promise<number> {
  try {
    return await tries.add(one);
  } catch (error) {
    await takeBack(one, tries);
    throw error;
  }
}

/** Insists a little: a try that is not taken back looks like one that killed the function. */
async function takeBack(one: Try, tries: TryCounter): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      return await tries.takeBack(one);
    } catch {
      // The next attempt; after the last one the count stays, and expires with the message.
    }
  }
}

/** Has come back so often that it may be the one that kills the function. */
export function isSuspect({ receives }: Pick<Received, 'receives'>): boolean {
  return receives > mostTries;
}
