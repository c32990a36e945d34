import type { Judgement } from '../../domain/finding/finding.ts';
import { utcDay } from '../../domain/time.ts';
import type { Burst } from './burst.ts';

type BurstMeasures = Pick<
  Judgement,
  'about' | 'measure' | 'actual' | 'expected' | 'boundary' | 'history' | 'breakdown'
>;

/**
 * What a judgement says of how many moments a burst has. It is named by its day: whichever moments of it arrive first,
 * they give the same name, unless midnight falls among them.
 * @param what e.g. 'failed payments within 30 minutes'
 */
export function burstMeasures(burst: Burst, currency: string, what: string): BurstMeasures {
  return {
    about: `${currency} ${utcDay(burst.moments[0]?.atSec ?? 0)}`,
    measure: { kind: 'quantity', unit: '', what },
    actual: burst.moments.length,
    expected: { low: 0, high: burst.usualCount },
    boundary: burst.boundary,
    history: burst.history,
    breakdown: null,
  };
}

/** How long a burst has taken, to the next minute. For example, `minutesOf(burst)` is '12 minutes'. */
export function minutesOf({ moments }: Burst): string {
  const seconds = (moments.at(-1)?.atSec ?? 0) - (moments[0]?.atSec ?? 0);
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
