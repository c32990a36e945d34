/**
 * True on Mondays from 9:00 on, as clocks in the zone show it: when a report of the week is due, and may be late.
 * @example isWeeklyTime(Date.UTC(2026, 10, 23, 8, 30) / 1000, 'Europe/Berlin') // true: 9:30 on Monday
 */
export function isWeeklyTime(nowSec: number, timeZone: string): boolean {
  const [weekday, hour] = formatterOf(timeZone)
    .formatToParts(nowSec * 1000)
    .filter(({ type }) => type === 'weekday' || type === 'hour')
    .map(({ value }) => value);
  return weekday === 'Mon' && Number(hour) >= 9;
}

/** Making one takes longer than all else; there is one time zone a deployment. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  formatters.set(timeZone, made);
  return made;
}
