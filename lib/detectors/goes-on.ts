import type { Series } from '../domain/series.ts';
import type { UsualKnobs } from './usual-range.ts';

/**
 * Whether what is beyond its boundary now was so the last time already, and is about the same: it was told then, and
 * goes on.
 * @param before what counts of the past, oldest first
 * @example goesOn(26_000, [..., { value: 30_000 }], 12_000, knobs) // true
 */
export function goesOn(
  value: number,
  before: Series,
  boundary: number,
  { warmUp, headroom }: Pick<UsualKnobs, 'warmUp' | 'headroom'>,
): boolean {
  const last = before.at(-1)?.value ?? 0;
  const wasTold = before.length > warmUp && last > boundary;
  return wasTold && value <= last * headroom && last <= value * headroom;
}

/** Whether such an amount was billed before, give or take a unit of rounding. */
export function wasBilled(amountMinor: number, before: Series): boolean {
  return before.some(({ value }) => Math.abs(value - amountMinor) <= 1);
}
