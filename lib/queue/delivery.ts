import type { SQSRecord } from 'aws-lambda';
import type { BillingEvent } from '../domain/events/billing-event.ts';
import { parseBillingEvent } from '../domain/events/parse-billing-event.ts';

/** A message of `events.fifo` as Lambda hands it over, read once. */
export interface Delivery {
  readonly messageId: string;
  /** Whose events come in order: the FIFO group. */
  readonly group: string;
  /** How often it has been handed over, this time included; SQS counts roughly. */
  readonly receives: number;
  /** Undefined when the message holds none; `error` then says why. */
  readonly event: BillingEvent | undefined;
  readonly error: unknown;
}

export function deliveryOf({ messageId, body, attributes }: SQSRecord): Delivery {
  const group = attributes.MessageGroupId ?? messageId;
  const receives = Number(attributes.ApproximateReceiveCount);
  try {
    return { messageId, group, receives, event: parseBillingEvent(body), error: undefined };
  } catch (error) {
    return { messageId, group, receives, event: undefined, error };
  }
}

/** @throws {MalformedEventError} the message holds none */
export function eventIn({ event, error }: Delivery): BillingEvent {
  if (event === undefined) throw error;
  return event;
}
