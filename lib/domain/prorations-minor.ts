import type { Invoice } from './billing-event.ts';

/** A change in the middle of a period, which somebody made: no question of its own. Credits do not count. */
export function prorationsMinor({ lines }: Invoice): number {
  const prorations = lines.filter((line) => line.proration === true);
  return Math.max(
    0,
    prorations.reduce((sum, line) => sum + line.amountMinor, 0),
  );
}
