import type { Severity } from '../../domain/finding/finding.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';

const criticalTimes = 50; //  a decimal point in the wrong place
const highTimes = 5; //      beyond growth and seasons
const criticalDollars = 20_000; // at stake, whatever the factor
const lowDollars = 20; //        at stake; less is no hurry

/**
 * How bad it is to be so far above the usual, and the sentence that says why.
 * @param times actual / typical, above 1
 * @param reference what it is so many times of
 */
export function spikeSeverity(
  times: number,
  atStakeMinor: number,
  currency: string,
  reference = 'the usual',
): { severity: Severity; severityReason: string } {
  const severity = severityOf(times, atStakeMinor, currency);
  const factor = times < 10 ? times.toFixed(1) : String(Math.round(times));
  const severityReason = `${factor} times ${reference}, with ${formatMoney(atStakeMinor, currency)} at stake.`;
  return { severity, severityReason };
}

function severityOf(times: number, atStakeMinor: number, currency: string): Severity {
  if (atStakeMinor < approximateUsd(lowDollars, currency)) return 'low';
  if (times >= criticalTimes || atStakeMinor >= approximateUsd(criticalDollars, currency)) return 'critical';
  return times >= highTimes ? 'high' : 'medium';
}
