import { daySec } from '../domain/time.ts';
import { formatterIn } from '../message/text/formatter-in.ts';

const hourAndMinute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const quarterSec = 900;

/**
 * The next time after a moment at which a digest is due: the first of its hours, in the time zone.
 * @param digestHours whole hours, 0 to 23, at least one
 * @example nextDigestSec(1_795_442_400, { digestHours: [9], timeZone: 'Europe/Berlin' }) // 1_795_507_200: 9:00 tomorrow
 */
export function nextDigestSec(
  afterSec: number,
  { digestHours, timeZone }: { readonly digestHours: readonly number[]; readonly timeZone: string },
): number {
  const format = formatterIn(timeZone, hourAndMinute);
  // Every zone's hours begin at a quarter of an hour in UTC. Three days, as an hour may be left out once a year.
  let atSec = Math.floor(afterSec / quarterSec) * quarterSec + quarterSec;
  for (const lastSec = afterSec + 3 * daySec; atSec < lastSec; atSec += quarterSec) {
    const [hour, minute] = format
      .format(atSec * 1000)
      .split(':')
      .map(Number);
    if (minute === 0 && digestHours.some((due) => due === hour)) return atSec;
  }
  return atSec;
}
