import type { Severity } from '../../domain/finding/finding.ts';
import { roughlyDollars } from '../../domain/money/rough-worth.ts';

const lowDollars = 20; //    less at stake is of low severity, about, in any currency
const criticalDollars = 1000;

/** How bad it is that somebody pays an amount a second time. */
export function twiceSeverity(amountMinor: number, currency: string): Severity {
  if (amountMinor < roughlyDollars(lowDollars, currency)) return 'low';
  return amountMinor >= roughlyDollars(criticalDollars, currency) ? 'critical' : 'high';
}
