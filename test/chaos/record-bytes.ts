import type { StripeEvent } from '../../infra/local/demo/stripe-event.ts';
import type { BillingEvent } from '../../lib/domain/events/billing-event.ts';
import { type CustomerRecord, emptyRecord, partNames } from '../../lib/domain/record/customer-record.ts';
import { learn } from '../../lib/domain/record/learn.ts';
import { encodePart } from '../../lib/store/record/codec.ts';
import type { RecordStore } from '../../lib/store/record/record-store.ts';
import { normalizeEvent } from '../../lib/stripe/event/normalize.ts';

/** An event as it lies on the queue. */
export type Delivered = BillingEvent;

/**
 * Learns the events in their order, in peace.
 * @returns the customers whose stored record is not the same, byte for byte
 */
export async function recordBytes(
  events: readonly StripeEvent[],
  store: Pick<RecordStore, 'load'>,
): Promise<readonly string[]> {
  const expected = new Map<string, CustomerRecord>();
  for (const one of events) {
    const normalized = normalizeEvent(one, one.created);
    if (normalized.kind !== 'event' || normalized.event.customer === null) continue;
    const { customer } = normalized.event;
    expected.set(customer, learn(normalized.event, expected.get(customer) ?? emptyRecord).record);
  }
  const wrong: string[] = [];
  for (const [customer, record] of expected) {
    const stored = (await store.load({ account: 'self', livemode: true, customer })).record;
    const isSame = partNames.every((name) =>
      Buffer.from(encodePart(stored[name])).equals(Buffer.from(encodePart(record[name]))),
    );
    if (!isSame) wrong.push(customer);
  }
  return wrong;
}
