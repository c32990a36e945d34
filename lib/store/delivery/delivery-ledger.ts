import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { Delivery } from '../../domain/finding/delivery.ts';

/**
 * Remembers what is being sent to which reader, written before it is sent. Only the holder of the account's lease writes. Every
 * adapter promises (test/contract runs it on each):
 * - a message is begun once, until it is removed or its time to be kept is over;
 * - what was written last is what is listed, and nothing is listed that was not written;
 * - an account with an open delivery is among the accounts.
 */
export interface DeliveryLedger {
  /** Lists every account in which a delivery may be open. */
  accounts(): Promise<readonly AccountKey[]>;
  /** Lists the deliveries that are open, or closed and kept; oldest first. */
  list(key: AccountKey): Promise<readonly Delivery[]>;
  /** Writes the first of a message. @returns false when there is one of this key */
  begin(key: AccountKey, delivery: Delivery): Promise<boolean>;
  /** Writes how far it has come. */
  save(key: AccountKey, delivery: Delivery): Promise<void>;
  /** Forgets it: the alerts themselves know that they were sent, or no reader was sent it. */
  remove(key: AccountKey, delivery: Delivery): Promise<void>;
}
