import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import type { Series } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';

/**
 * Earlier amounts without the prorations in them: two weeks of a more expensive plan on a renewal are no level that the
 * next bill could be compared with, and the bill of a change alone says nothing of one that comes to a whole year.
 * For example, `unprorated([{ value: 10_114, ... }], record, 'usd')` is [{ value: 7_139, ... }] with $29.75 of prorations.
 */
export function unprorated(earlier: Series, { invoices }: CustomerRecord, currency: string): Series {
  const known = invoices.get(seriesKey.unprorated(currency)) ?? [];
  if (known.length === 0) return earlier;
  const byHash = new Map(known.map((seen) => [seen.hash, seen]));
  return earlier.map((amount) => {
    const without = byHash.get(amount.hash);
    // Of an older revision: someone has taken the prorations off the draft since.
    return without?.revision === amount.revision ? { ...amount, value: without.value } : amount;
  });
}
