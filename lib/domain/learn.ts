import type { BillingEvent } from './billing-event.ts';
import type { CustomerRecord } from './customer-record.ts';
import { observeInRecord } from './customer-record.ts';
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
  let after = record;
  const observations = observationsOf(event);
  let outcome: Outcome = observations.length === 0 ? 'new' : 'repeat';
  for (const { part, key, seen } of observations) {
    const step = observeInRecord(after, part, key, seen);
    after = step.record;
    if (outcome === 'repeat') outcome = step.outcome;
  }
  return { record: after, outcome };
}
