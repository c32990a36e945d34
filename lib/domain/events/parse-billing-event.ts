import { MalformedValueError } from '../schema/stored-errors.ts';
import { readStored } from '../schema/stored-shape.ts';
import { type BillingEvent, billingEventSchema } from './billing-event.ts';
import { billingEventVersion } from './billing-event-version.ts';

/** The message goes back to the queue and after its retries to the dead-letter queue, for a person to look at. */
export class MalformedEventError extends Error {
  constructor(reason: string) {
    super(`The message is not one of our events: ${reason}.`);
    this.name = 'MalformedEventError';
  }
}

const queuedEvent = {
  what: 'An event on the queue',
  version: billingEventVersion,
  schema: billingEventSchema,
};

/**
 * The event that the webhook put on the queue.
 * @throws {MalformedEventError} the text is not JSON, or not an event of a kind this release knows
 * @throws {NewerVersionError} a newer release queued it
 */
export function parseBillingEvent(text: string): BillingEvent {
  const json = parseJson(text);
  try {
    return readStored(queuedEvent, json);
  } catch (error) {
    if (error instanceof MalformedValueError) throw new MalformedEventError(error.fault);
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedEventError('it is not JSON');
  }
}
