import type { Fields } from './event/fields.ts';

/** A stretch of time, Unix seconds: `fromSec` belongs to it, `toSec` does not. */
export interface Window {
  readonly fromSec: number;
  readonly toSec: number;
}

export const ledgerObjects = ['invoices', 'charges', 'refunds', 'disputes', 'credit_notes'] as const;
export type LedgerObject = (typeof ledgerObjects)[number];

/**
 * Stripe's own books, read through its API: what there should be. All objects are plain JSON. Every call rejects when
 * Stripe does not answer, or the key may not read it.
 */
export interface StripeLedger {
  /** The mode of the key. */
  readonly livemode: boolean;
  /**
   * The events made in a window of the last 30 days, of the types that we read, oldest first; undefined when there are
   * more than `atMost`. An event has the shape of its time.
   */
  events(account: string, window: Window, atMost: number): Promise<readonly Fields[] | undefined>;
  /** The objects made in a window, as they are now, oldest first; undefined when there are more than `atMost`. */
  objects(
    what: LedgerObject,
    account: string,
    window: Window,
    atMost: number,
  ): Promise<readonly Fields[] | undefined>;
  /** All of them, also those that have ended. */
  subscriptions(account: string): AsyncIterable<Fields>;
  webhookEndpoints(): Promise<readonly Fields[]>;
}
