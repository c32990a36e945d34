import { formatterIn } from '../message/text/formatter-in.ts';

const weekdayAndHour = { weekday: 'short', hour: '2-digit', hourCycle: 'h23' } as const;

/**
 * True on Mondays from 9:00 on, in the time zone: when the weekly report is due, or late.
 * @example isWeeklyTime(Date.UTC(2026, 10, 23, 8, 30) / 1000, 'Europe/Berlin') // true: 9:30 on Monday
 */
export function isWeeklyTime(nowSec: number, timeZone: string): boolean {
  const [weekday, hour] = formatterIn(timeZone, weekdayAndHour)
    .formatToParts(nowSec * 1000)
    .filter(({ type }) => type === 'weekday' || type === 'hour')
    .map(({ value }) => value);
  return weekday === 'Mon' && Number(hour) >= 9;
}
