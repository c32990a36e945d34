import type { SQSRecord } from 'aws-lambda';
import type { BillingEvent } from '../domain/events/billing-event.ts';
import { parseBillingEvent } from '../domain/events/parse-billing-event.ts';
import { type HeldMessage, heldMessage } from './held-message.ts';

/** A message of `events.fifo` as Lambda hands it over, read once. */
export interface Delivery extends HeldMessage {
  /** Undefined when the message holds none; `error` then says why. */
  readonly event: BillingEvent | undefined;
  readonly error: unknown;
}

export function deliveryOf(record: SQSRecord): Delivery {
  const message = heldMessage(record);
  try {
    return { ...message, event: parseBillingEvent(message.body), error: undefined };
  } catch (error) {
    return { ...message, event: undefined, error };
  }
}

/** @throws {MalformedEventError} the message holds none */
export function eventIn({ event, error }: Delivery): BillingEvent {
  if (event === undefined) throw error;
  return event;
}

/** The events of messages that hold one. */
export function eventsOf(deliveries: readonly Delivery[]): readonly BillingEvent[] {
  return deliveries.flatMap(({ event }) => event ?? []);
}
