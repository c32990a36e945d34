import type { CustomerKey } from '../../lib/domain/events/billing-event.ts';
import { type CustomerRecord, emptyRecord } from '../../lib/domain/record/customer-record.ts';
import type { RecordKey } from '../../lib/store/record/record-store.ts';

/** The records of all customers at once, for looking back; events without a customer are not kept. */
export interface MemoryRecords {
  of(key: CustomerKey): CustomerRecord;
  set(key: CustomerKey, record: CustomerRecord): void;
  all(): Iterable<{ readonly key: RecordKey; readonly record: CustomerRecord }>;
}

export function memoryRecords(): MemoryRecords {
  const records = new Map<string, { key: RecordKey; record: CustomerRecord }>();
  const nameOf = ({ account, livemode, customer }: CustomerKey) => `${account} ${livemode} ${customer}`;
  return {
    of: (key) => records.get(nameOf(key))?.record ?? emptyRecord,
    set({ account, livemode, customer }, record) {
      if (customer === null) return;
      const key = { account, livemode, customer };
      records.set(nameOf(key), { key, record });
    },
    all: () => records.values(),
  };
}
