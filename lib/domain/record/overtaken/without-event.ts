import type { BillingEvent } from '../../events/billing-event.ts';
import type { CustomerRecord } from '../customer-record.ts';
import { observationsOf } from '../observations-of.ts';

/** The record without what this event shows: for judging the event as if it came last. */
export function withoutEvent(record: CustomerRecord, event: BillingEvent): CustomerRecord {
  const places = observationsOf(event);
  const [first] = places;
  if (first === undefined) return record;
  const part = new Map(record[first.part]);
  for (const { key, seen } of places) {
    const left = part.get(key)?.filter(({ hash, atSec }) => hash !== seen.hash || atSec !== seen.atSec) ?? [];
    if (left.length > 0) part.set(key, left);
    else part.delete(key);
  }
  return { ...record, [first.part]: part };
}
