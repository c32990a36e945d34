import { hourSec } from '../../domain/time.ts';
import { formatterIn } from './formatter-in.ts';

const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/** The date in the time zone. @example localDay(1795444020, 'Europe/Berlin') // '2026-11-23' */
export function localDay(atSec: number, timeZone: string): string {
  return formatterIn(timeZone, date, 'sv-SE').format(atSec * 1000); // Swedes write it so
}

/** Step in which the end of a day is searched: the days of every zone begin at a quarter of an hour in UTC. */
const quarterSec = 900;

/**
 * The moment when a date is over in the zone; undefined when there is no such date.
 * @param day as HTML's date field sends it
 * @example endOfLocalDaySec('2026-11-23', 'Europe/Berlin') // 1795474800: 23:00 UTC
 */
export function endOfLocalDaySec(day: string, timeZone: string): number | undefined {
  const startsAtMs = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00Z`) : Number.NaN;
  const startsAtSec = startsAtMs / 1000;
  if (Number.isNaN(startsAtSec) || localDay(startsAtSec, 'UTC') !== day) return undefined; // 31 February
  const noonSec = startsAtSec + 12 * hourSec;
  // Zones are up to 14 hours ahead of UTC and 12 behind, so the day ends within these 26 hours, or there is no such date.
  for (let atSec = noonSec - 2 * hourSec; atSec <= noonSec + 24 * hourSec; atSec += quarterSec)
    if (localDay(atSec, timeZone) > day) return atSec;
  return undefined;
}
