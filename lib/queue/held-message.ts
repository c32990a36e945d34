import type { SQSRecord } from 'aws-lambda';

/** A message of a queue while a function has it in hand. */
export interface HeldMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** How often it has been received, this time included; SQS counts roughly. */
  readonly receives: number;
  /** When it was sent, Unix seconds. */
  readonly sentAtSec: number;
  /** The FIFO group, whose messages come in order; on a standard queue the message itself. */
  readonly group: string;
}

export function heldMessage({ messageId, receiptHandle, body, attributes }: SQSRecord): HeldMessage {
  const receives = Number(attributes.ApproximateReceiveCount);
  const sentAtSec = Math.floor(Number(attributes.SentTimestamp) / 1000);
  return {
    messageId,
    receiptHandle,
    body,
    receives,
    sentAtSec,
    group: attributes.MessageGroupId ?? messageId,
  };
}

/** What becomes of messages that are not processed now. */
export interface MessageReturns {
  /** Has messages wait before they are received again. Without it they wait as long as the queue's time-out says. */
  delay(messages: readonly HeldMessage[]): Promise<void>;
  /** Puts a message on the dead-letter queue, with the name of its error. Resolves once SQS has it. */
  giveUp(message: HeldMessage, error: unknown): Promise<void>;
}

const firstWaitSec = 5;
const longestWaitSec = 5 * 60; //      once AWS is back, what waits is processed within this time
const longOutageReceives = 300; // a day
const longOutageWaitSec = 30 * 60; // so that SQS's 1,000 receives last for the 14 days that it keeps a message

/**
 * How long messages of one group wait before they are tried again, in seconds: twice as long each time, up to five
 * minutes; half an hour after a day.
 * @param receives of the one that has been received most often
 * @example waitSec(1) // 5
 * @example waitSec(10) // 300
 */
export function waitSec(receives: number): number {
  if (receives > longOutageReceives) return longOutageWaitSec;
  return Math.min(longestWaitSec, firstWaitSec * 2 ** (receives - 1));
}
