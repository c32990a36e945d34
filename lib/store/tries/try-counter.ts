/** A message as one receive hands it over. */
export interface Try {
  readonly messageId: string;
  /** Names this receive of it: a try that is counted twice counts once. */
  readonly receiptHandle: string;
}

/**
 * Counts a message's own tries. The queue's receive count can't: it also counts while AWS refuses calls, or while no
 * function can start.
 */
export interface TryCounter {
  /** Counts a try. @returns how many there were, this one included */
  add(one: Try): Promise<number>;
  /** Takes a try back: it went well, or the infrastructure failed. */
  takeBack(one: Try): Promise<void>;
}
