import { type BillingEvent, billingEventKinds } from './billing-event.ts';

/** The message goes back to the queue and after its retries to the dead-letter queue, for a person to look at. */
export class MalformedEventError extends Error {
  constructor(reason: string) {
    super(`The message is not one of our events: ${reason}.`);
    this.name = 'MalformedEventError';
  }
}

/**
 * The event that the webhook put on the queue. Only the envelope is checked: the body is our own, and a queue that
 * somebody else can write to is not guarded by a second look at its fields.
 * @throws {MalformedEventError} the text is not JSON, or not an event of a kind this release knows
 */
export function parseBillingEvent(text: string): BillingEvent {
  const value = parseJson(text);
  if (!isBillingEvent(value))
    throw new MalformedEventError('it has no id, no customer key or an unknown kind');
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedEventError('it is not JSON');
  }
}

function isBillingEvent(value: unknown): value is BillingEvent {
  if (typeof value !== 'object' || value === null) return false;
  const event: Partial<Record<string, unknown>> = { ...value };
  const { invoice, charge, subscription, warning, dispute, payout, meter, creditNote } = event;
  const body = invoice ?? charge ?? subscription ?? warning ?? dispute ?? payout ?? meter ?? creditNote;
  return (
    typeof event.id === 'string' &&
    typeof event.account === 'string' &&
    typeof event.livemode === 'boolean' &&
    typeof event.occurredAtSec === 'number' &&
    billingEventKinds.some((kind) => kind === event.kind) &&
    typeof body === 'object' &&
    body !== null
  );
}
