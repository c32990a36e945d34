import type { Severity } from '../../domain/finding/finding.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';

const lowDollars = 20; //    less at stake is of low severity, about, in any currency
const criticalDollars = 1000;

/** How bad it is that someone pays an amount a second time. */
export function twiceSeverity(amountMinor: number, currency: string): Severity {
  if (amountMinor < approximateUsd(lowDollars, currency)) return 'low';
  return amountMinor >= approximateUsd(criticalDollars, currency) ? 'critical' : 'high';
}
