import { formatterIn } from './formatter-in.ts';

/** The date format: day before month, the month as a word, which reads the same way everywhere. */
const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;

/** @example dayWords(1795444020, 'Europe/Berlin') // '23 Nov 2026' */
export function dayWords(atSec: number, timeZone: string): string {
  return formatterIn(timeZone, day)
    .format(atSec * 1000)
    .replace('Sept', 'Sep');
}

/** @example timeWords(1795444020, 'Europe/Berlin') // '15:27 CET on 23 Nov 2026' */
export function timeWords(atSec: number, timeZone: string): string {
  return `${formatterIn(timeZone, time).format(atSec * 1000)} on ${dayWords(atSec, timeZone)}`;
}

/**
 * The time that is left, rounded down: never more than there is.
 * @example durationWords(2820) // '47 min', durationWords(12000) // '3 h 20 min', durationWords(266400) // '3 days 2 h'
 */
export function durationWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return 'under a minute';
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return pair(`${hours} h`, minutes % 60, 'min');
  return pair(`${Math.floor(hours / 24)} days`, hours % 24, 'h');
}

function pair(large: string, small: number, unit: string): string {
  return small === 0 ? large : `${large} ${small} ${unit}`;
}
