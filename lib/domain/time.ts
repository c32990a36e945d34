/** Seconds. A day is a day of UTC: no clock here is moved in summer. */
export const minuteSec = 60;
export const hourSec = 60 * minuteSec;
export const daySec = 24 * hourSec;
export const weekSec = 7 * daySec;

/** The day of UTC that a time is in. @example utcDay(1767225600) // '2026-01-01' */
export function utcDay(atSec: number): string {
  return new Date(atSec * 1000).toISOString().slice(0, 10);
}
