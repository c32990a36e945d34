import type { BillingEvent } from '../../domain/events/billing-event.ts';
import type { RecordKey } from './record-store.ts';

/**
 * Keeps the events of the last days, to be judged again when an older one comes after them (lib/detect/judge-again.ts).
 * Every adapter promises (test/contract runs it on each):
 * - `eventsSince` sees every event that was kept and happened at that time or later, for four days at least; kept
 *   again it is read once;
 * - of more than `mostEvents` it reads the first.
 */
export interface RecentEvents {
  keepEvents(key: RecordKey, events: readonly BillingEvent[]): Promise<void>;
  /** In order of time. */
  eventsSince(key: RecordKey, atSec: number): Promise<readonly BillingEvent[]>;
}

/** So many nearest events are judged again, of a customer who does more in three days. */
export const mostEvents = 100;
