import type { CustomerRecord } from '../customer-record.ts';
import { lastChange } from '../invoice-revision.ts';

/** Whether an event of a charge or an invoice that happened at that time or later has come before. */
export function wasObservedSince({ charges, invoices, setbacks }: CustomerRecord, atSec: number): boolean {
  for (const part of [charges, setbacks])
    for (const series of part.values())
      if (series.some((known) => known.atSec + known.revision >= atSec)) return true;
  for (const series of invoices.values())
    if (series.some((known) => lastChange(known).changedAtSec >= atSec)) return true;
  return false;
}
