import { daySec } from './time.ts';

const secondsPerDay = daySec;

/**
 * The same day of the month and time of day (UTC) so many months earlier; later when `months` is negative.
 * A day the month does not have becomes its last day, as Stripe's billing anchor does.
 * @example monthsBefore(Date.UTC(2026, 2, 31) / 1000, 1) // Date.UTC(2026, 1, 28) / 1000
 */
export function monthsBefore(atSec: number, months: number): number {
  const at = new Date(atSec * 1000);
  const year = at.getUTCFullYear();
  const month = at.getUTCMonth() - months;
  const lastDayOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(at.getUTCDate(), lastDayOfMonth);
  return Date.UTC(year, month, day) / 1000 + (atSec % secondsPerDay);
}
