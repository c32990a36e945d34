import type { BillingEvent, CustomerKey } from '../../lib/domain/events/billing-event.ts';
import { type CustomerRecord, emptyRecord } from '../../lib/domain/record/customer-record.ts';
import { daySec } from '../../lib/domain/time.ts';
import { mostEvents } from '../../lib/store/record/recent-events.ts';
import type { RecordKey } from '../../lib/store/record/record-store.ts';

const keptSec = 6 * daySec; // Stripe's three days before the newest event and as many after the one that comes late
const forgetAt = 16; //       with fewer events there is no need to ask which are over

/** The records of all customers at once, for looking back; events without a customer are not kept. */
export interface MemoryRecords {
  of(key: CustomerKey): CustomerRecord;
  set(key: CustomerKey, record: CustomerRecord): void;
  /** Keeps an event for some days; `eventsSince` reads those that happened at that time or later. */
  keepEvent(event: BillingEvent): void;
  eventsSince(key: CustomerKey, atSec: number): readonly BillingEvent[];
  all(): Iterable<{ readonly key: RecordKey; readonly record: CustomerRecord }>;
}

export function memoryRecords(): MemoryRecords {
  const records = new Map<string, { key: RecordKey; record: CustomerRecord }>();
  const recent = new Map<string, BillingEvent[]>();
  const nameOf = ({ account, livemode, customer }: CustomerKey) => `${account} ${livemode} ${customer}`;
  return {
    of: (key) => records.get(nameOf(key))?.record ?? emptyRecord,
    set({ account, livemode, customer }, record) {
      if (customer === null) return;
      const key = { account, livemode, customer };
      records.set(nameOf(key), { key, record });
    },
    keepEvent(event) {
      const name = nameOf(event);
      const kept = recent.get(name) ?? [];
      recent.set(name, kept);
      kept.push(event);
      const isOver = ({ occurredAtSec }: BillingEvent) => occurredAtSec < event.occurredAtSec - keptSec;
      if (kept.length >= forgetAt && kept.some(isOver)) {
        const left = kept.filter((one) => !isOver(one));
        kept.splice(0, kept.length, ...left);
      }
    },
    eventsSince: (key, atSec) =>
      (recent.get(nameOf(key)) ?? [])
        .filter(({ occurredAtSec }) => occurredAtSec >= atSec)
        .sort((a, b) => a.occurredAtSec - b.occurredAtSec)
        .slice(0, mostEvents),
    all: () => records.values(),
  };
}
