import type { Severity } from '../domain/finding.ts';
import { minorExponent } from '../domain/money.ts';
import { roughlyDollars } from '../domain/rough-worth.ts';

const leastDigits = 2; // people like round sums, and one digit is no evidence
const criticalDollars = 1000;

/** Whether an amount has digits to know it by: of 4900 they are the 4 and the 9. */
export function hasDigits(amountMinor: number): boolean {
  return String(amountMinor).replace(/0+$/, '').length >= leastDigits;
}

/** By a hundred, as between cents and whole units; with three decimals also by a thousand. */
export function isShifted(usualMinor: number, amountMinor: number, currency: string): boolean {
  const factors = minorExponent(currency) === 3 ? [100, 1000] : [100];
  return factors.some((by) => amountMinor === usualMinor * by || amountMinor * by === usualMinor);
}

/** Too little is asked for later; too much is taken at once. */
export function shiftSeverity(atStakeMinor: number, currency: string, isUp: boolean): Severity {
  if (!isUp) return 'medium';
  return atStakeMinor >= roughlyDollars(criticalDollars, currency) ? 'critical' : 'high';
}
