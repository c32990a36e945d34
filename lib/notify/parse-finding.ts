import { type Finding, findingShape } from '../domain/finding/finding.ts';
import { NewerVersionError } from '../domain/schema/stored-errors.ts';
import { readStored } from '../domain/schema/stored-shape.ts';

/**
 * Thrown for a message that is not a finding. It returns to the queue, and after its retries goes to the dead-letter
 * queue for a person to look at.
 */
export class MalformedFindingError extends Error {
  constructor() {
    super('The message is not a finding. It goes back to the queue, and in the end to the dead letters.');
    this.name = 'MalformedFindingError';
  }
}

/**
 * The finding that the detector put on the queue, with fields that a newer release gave it.
 * @throws {MalformedFindingError} the text is not JSON or not a finding; nothing of it is repeated in the error
 * @throws {NewerVersionError} a newer release queued it
 */
export function parseFinding(text: string): Finding {
  try {
    return readStored(findingShape, JSON.parse(text));
  } catch (error) {
    if (error instanceof NewerVersionError) throw error;
    throw new MalformedFindingError();
  }
}
