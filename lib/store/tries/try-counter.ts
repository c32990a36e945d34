/**
 * Counts a message's own tries. The queue's receive count can't: it also counts while AWS refuses calls, or while no
 * function can start.
 */
export interface TryCounter {
  /** Counts a try. @returns how many there were, this one included */
  add(messageId: string): Promise<number>;
  /** Takes back the last one: it went well, or the infrastructure failed. */
  takeBack(messageId: string): Promise<void>;
}
