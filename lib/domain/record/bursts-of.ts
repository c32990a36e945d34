import type { Series } from './series.ts';

/**
 * A series cut where nothing happens for longer than `gapSec`: each burst holds what follows the last closely.
 * @param series in order of time
 * @example burstsOf([{ atSec: 0 }, { atSec: 60 }, { atSec: 9000 }], 420).map(({ length }) => length) // [2, 1]
 */
export function burstsOf(series: Series, gapSec: number): readonly Series[] {
  const bursts: Series[] = [];
  for (const observation of series) {
    const burst = bursts.at(-1);
    const last = burst?.at(-1);
    if (burst !== undefined && last !== undefined && observation.atSec - last.atSec <= gapSec)
      bursts.splice(-1, 1, [...burst, observation]);
    else bursts.push([observation]);
  }
  return bursts;
}
