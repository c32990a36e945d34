import { formatterIn } from '../message/text/formatter-in.ts';

const parts = {
  weekday: 'short',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  hourCycle: 'h23',
} as const;

/**
 * The week whose report is due, or late: on Mondays from 9:00 on, in the time zone, that Monday; undefined at other times.
 * @example weekDue(Date.UTC(2026, 10, 23, 8, 30) / 1000, 'Europe/Berlin') // '2026-11-23': 9:30 on Monday
 */
export function weekDue(nowSec: number, timeZone: string): string | undefined {
  const of = Object.fromEntries(
    formatterIn(timeZone, parts)
      .formatToParts(nowSec * 1000)
      .map(({ type, value }) => [type, value]),
  );
  if (of.weekday !== 'Mon' || Number(of.hour) < 9) return undefined;
  return `${of.year}-${of.month}-${of.day}`;
}
