/** A message of a queue in the hands of a function. */
export interface HeldMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** The FIFO group; undefined on a standard queue. */
  readonly group: string | undefined;
}

/** What becomes of messages that are not processed now. */
export interface MessageReturns {
  /** Has messages wait before they are received again. Without it they wait as long as the queue's time-out says. */
  delay(messages: readonly HeldMessage[], waitSec: number): Promise<void>;
  /** Puts a message on the dead-letter queue, with the name of its error. Resolves once SQS has it. */
  giveUp(message: HeldMessage, error: unknown): Promise<void>;
}
