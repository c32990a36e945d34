/** A stretch of hours: from `from` up to, not including, `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Stretches of silent hours that begin in `from` or later and end by `to`, oldest first.
 * @example silentStretches((hour) => hour !== 7, { from: 5, to: 9 }) // [{ from: 5, to: 7 }, { from: 8, to: 9 }]
 */
export function silentStretches(
  isSilent: (hour: number) => boolean,
  { from, to }: Stretch,
): readonly Stretch[] {
  const found: Stretch[] = [];
  let start: number | undefined;
  for (let hour = from; hour <= to; hour += 1) {
    if (hour < to && isSilent(hour)) start ??= hour;
    else if (start !== undefined) {
      found.push({ from: start, to: hour });
      start = undefined;
    }
  }
  return found;
}

/** The same, of those only that end at `since` or later: without looking through all that was before. */
export function silentStretchesSince(
  isSilent: (hour: number) => boolean,
  since: number,
  { from, to }: Stretch,
): readonly Stretch[] {
  let start = Math.max(from, since);
  while (start > from && isSilent(start - 1)) start -= 1;
  return silentStretches(isSilent, { from: start, to });
}
