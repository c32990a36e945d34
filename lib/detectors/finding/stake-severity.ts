import type { Severity } from '../../domain/finding/finding.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';

const lowDollars = 20; //   less at stake is no hurry
const highDollars = 500; // more is worth interrupting someone for

/**
 * How bad it is, where only the money says so.
 * @example stakeSeverity(4_100, 'usd') // 'medium'
 */
export function stakeSeverity(atStakeMinor: number, currency: string): Severity {
  if (atStakeMinor < approximateUsd(lowDollars, currency)) return 'low';
  return atStakeMinor < approximateUsd(highDollars, currency) ? 'medium' : 'high';
}
