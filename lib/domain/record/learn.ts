import type { BillingEvent } from '../events/billing-event.ts';
import type { CustomerRecord } from './customer-record.ts';
import { observeAllInRecord } from './customer-record.ts';
import { observationsOf } from './observations-of.ts';
import type { Outcome } from './series.ts';

/**
 * The record after the event, and whether the event was news, as is what leaves nothing in it. Only this changes records.
 * An event touches one part of the record, so that it is one atomic write.
 */
export function learn(
  event: BillingEvent,
  record: CustomerRecord,
): { record: CustomerRecord; outcome: Outcome } {
  const places = observationsOf(event);
  const [first] = places;
  return first === undefined ? { record, outcome: 'new' } : observeAllInRecord(record, first.part, places);
}
