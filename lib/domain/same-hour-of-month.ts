/**
 * The same hour of the same day so many months before, UTC; undefined when that month has no such day.
 * @example sameHourOfMonth(Date.UTC(2026, 2, 31, 7) / 3_600_000, 1) // undefined: February has no 31st
 */
export function sameHourOfMonth(hour: number, months: number): number | undefined {
  const at = new Date(hour * 3_600_000);
  const day = at.getUTCDate();
  const then = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, day, at.getUTCHours()));
  return then.getUTCDate() === day ? then.getTime() / 3_600_000 : undefined;
}
