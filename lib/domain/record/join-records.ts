import { type CustomerRecord, observeInRecord, partNames } from './customer-record.ts';

/**
 * The record after all that either has seen: as if one had learnt the events of both. What the second adds nothing to
 * stays the same object, so that it need not be written.
 * For example, `joinRecords(record, record) === record` is true.
 */
export function joinRecords(record: CustomerRecord, other: CustomerRecord): CustomerRecord {
  let joined = record;
  for (const part of partNames) {
    for (const [key, series] of other[part]) {
      for (const seen of series) joined = observeInRecord(joined, part, key, seen).record;
    }
  }
  return joined;
}
