import { daySec } from '../time.ts';
import type { Invoice } from './billing-event.ts';

export type BillingInterval = 'day' | 'week' | 'month' | 'quarter' | 'half_year' | 'year';

/** The longest period, in days, that still counts as the interval; generous, as months and trials vary. */
const longestDays: readonly (readonly [BillingInterval, number])[] = [
  ['day', 3],
  ['week', 20],
  ['month', 62],
  ['quarter', 120],
  ['half_year', 270],
];

/**
 * How long a renewal pays for: the longest period of its lines that is no proration. A year's price next to months'
 * prices is no spike, so each interval has its own history.
 * For example, `billingInterval(invoice)` is 'month' for a line from 1 to 31 January.
 */
export function billingInterval({ lines }: Invoice): BillingInterval {
  const periods = lines
    .filter((line) => line.proration !== true)
    .map((line) => (line.periodEndSec - line.periodStartSec) / daySec);
  const days = Math.max(0, ...periods);
  return longestDays.find(([, longest]) => days <= longest)?.[0] ?? 'year';
}
