import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import type { Series } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';

/** Charges that were not refunded in full: a purchase that was cancelled may be made again. */
export function unrefundedCharges(record: CustomerRecord, currency: string): Series {
  const refunds = record.setbacks.get(seriesKey.refunded(currency)) ?? [];
  const refundedMinor = new Map(refunds.map(({ hash, value }) => [hash, value]));
  const charges = record.charges.get(seriesKey.charge(currency)) ?? [];
  return charges.filter(({ hash, value }) => (refundedMinor.get(hash) ?? 0) < value);
}
