import type { Severity } from '../../domain/finding/finding.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { minorExponent } from '../../domain/money/money.ts';

const leastDigits = 2; // people like round sums, and one digit is no evidence
const criticalDollars = 1000;

/** Whether an amount has digits to know it by: of 4900 they are the 4 and the 9. */
export function hasDigits(amountMinor: number): boolean {
  return String(amountMinor).replace(/0+$/, '').length >= leastDigits;
}

/**
 * What code that counts a currency in the wrong number of decimals makes of an amount. Without decimals: cents, a hundred
 * times. With two: whole units, a hundredth, or cents twice. With three: whole units, a thousandth; cents, a tenth; cents
 * twice, ten times; and whole units for cents as everywhere.
 */
const factorsByExponent = { 0: [100], 2: [100], 3: [10, 100, 1000] } as const;

/**
 * By how much one amount is the other with the decimal point elsewhere, up or down; undefined where it is not.
 * @example shiftFactor(18_600, 1_860, 'kwd') // 10
 */
export function shiftFactor(
  usualMinor: number,
  amountMinor: number,
  currency: string,
): 10 | 100 | 1000 | undefined {
  return factorsByExponent[minorExponent(currency)].find(
    (by) => amountMinor === usualMinor * by || amountMinor * by === usualMinor,
  );
}

/** Too little is asked for later; too much is taken at once. */
export function shiftSeverity(atStakeMinor: number, currency: string, isUp: boolean): Severity {
  if (!isUp) return 'medium';
  return atStakeMinor >= approximateUsd(criticalDollars, currency) ? 'critical' : 'high';
}
