import { objectHash } from '../events/object-hash.ts';
import type { CustomerRecord, PartName } from './customer-record.ts';
import type { Verdict } from './series.ts';

/** Parts that hold what happened; the fourth holds subscriptions as they stand, of which nothing is usual. */
export type JudgedPart = Exclude<PartName, 'subscriptions'>;

/**
 * The record after a person said something of an object (`in_...`, `ch_...`): of all that is remembered of it in a
 * part, as an invoice's amount, usage and shares are right or wrong together. The same record when that changes
 * nothing, so also when the object has left the window.
 */
export function judgeObservations(
  record: CustomerRecord,
  part: JudgedPart,
  object: string,
  verdict: Verdict,
): CustomerRecord {
  const hash = objectHash(object);
  const changed = [...record[part]].flatMap(([key, series]) =>
    series.some((seen) => seen.hash === hash && seen.verdict !== verdict)
      ? [[key, series.map((seen) => (seen.hash === hash ? { ...seen, verdict } : seen))] as const]
      : [],
  );
  return changed.length === 0 ? record : { ...record, [part]: new Map([...record[part], ...changed]) };
}
