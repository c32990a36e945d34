import type { Judgement } from '../../domain/finding/finding.ts';
import type { Burst } from './burst.ts';

type BurstMeasures = Pick<
  Judgement,
  'measure' | 'actual' | 'expected' | 'boundary' | 'history' | 'breakdown'
>;

/** What a judgement says of how many moments a burst has. @param what e.g. 'failed payments within 30 minutes' */
export function burstMeasures(burst: Burst, what: string): BurstMeasures {
  return {
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
