/** A verified event of a type we use that we can't read. It goes, whole, to a dead-letter queue with an alarm. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';

  /** @param path where the event could not be read, e.g. `data.object.amount_due`; never a value of it. */
  constructor(path: string) {
    super(`Cannot read ${path} of this event; it is set aside in the dead-letter queue.`);
  }
}
