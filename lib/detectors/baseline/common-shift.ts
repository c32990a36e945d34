import type { Score } from '../../domain/account/score.ts';
import { median } from '../../stats/median.ts';

const ownHistory = 3; //  values before it: then a residual says how the customer varies, and not how customers differ
const least = 15; //      scores; of fewer, it is their customers and not the account
const most = 0.6; //      ln: 1.8 times; what is up by more is no holiday

export function hasHistory({ count }: Pick<Score, 'count'>): boolean {
  return count >= ownHistory;
}

/** How far a value lies above what its customer usually has, on the log scale. */
export function residual({ log, centre }: Pick<Score, 'log' | 'centre'>): number {
  return log - centre;
}

/**
 * By how much these values are up together, as ln of the factor. What lifts everyone (a holiday, a sale, a new price)
 * is no single customer's doing, and is taken off before anyone is called unusual.
 * @returns 0 to 0.6; 0 of fewer than 15 customers with a history
 */
export function commonShift(scores: readonly Score[]): number {
  const ups = scores.filter(hasHistory).map(residual);
  return ups.length < least ? 0 : Math.min(most, Math.max(0, median(ups)));
}
