import type { BillingEvent } from '../domain/events/billing-event.ts';

/** Where events wait for the detector. Each promise resolves only once the queue has what it was given. */
export interface EventQueue {
  /** One customer's events are handed on in order; one sent again within five minutes is handed on once. */
  send(event: BillingEvent): Promise<void>;
  /** Keeps a verified event that we can't read for a person to look at: whole, or its id when it fits no message. */
  setAside(eventJson: string): Promise<void>;
}
