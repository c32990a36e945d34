import { hourSec } from '../time.ts';
import type { CustomerRecord } from './customer-record.ts';
import type { RenewalDue } from './renewals-due.ts';
import { renewingItems } from './renewing-items.ts';
import type { Observation } from './series.ts';
import { renewalCurrency } from './series-key.ts';

/** A renewal that was due, and all that is known of its customer when it is looked at. */
export interface RenewalLook {
  readonly due: RenewalDue;
  readonly record: CustomerRecord;
}

const earlySec = hourSec; // how much earlier than the end of the period its invoice may be made

/** Still to renew at that time, by its newest event, and no renewal of this customer was billed since. */
export function isOverdue(look: RenewalLook): boolean {
  return !hasCome(look) && renewingItems(look.due, look.record).length > 0; // nearly all have come
}

/** Whether a renewal of this customer was billed then or later. */
export function hasCome({ due, record }: RenewalLook): boolean {
  const isSince = (newest: Observation | undefined) => (newest?.atSec ?? 0) >= due.dueSec - earlySec;
  return [...record.invoices].some(
    ([key, series]) => isSince(series.at(-1)) && renewalCurrency(key) !== undefined,
  );
}
