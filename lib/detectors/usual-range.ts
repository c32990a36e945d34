import { counts } from '../domain/counts.ts';
import type { History } from '../domain/finding.ts';
import type { Series } from '../domain/series.ts';
import { logBaseline } from '../stats/log-baseline.ts';

/** What is usual for one series. */
export interface UsualRange {
  readonly typical: number;
  readonly low: number;
  readonly high: number;
  /** How many observations of the present level it rests on. */
  readonly count: number;
  readonly history: History;
}

export interface UsualKnobs {
  /** Robust standard deviations on the log scale. */
  readonly sigmas: number;
  /** Observations; with fewer there is too little history to say. */
  readonly warmUp: number;
  /** Times the largest usual value so far. */
  readonly headroom: number;
}

const shownPoints = 24;

/**
 * The range of what a series usually holds: its typical value times and over e^(`sigmas` x spread), and never below
 * the largest usual value so far by `headroom`. Void and refused values do not count.
 * @returns undefined when there are fewer than `warmUp` observations to judge by
 */
export function usualRange(series: Series, knobs: UsualKnobs): UsualRange | undefined {
  const counted = series.filter((seen) => seen.value > 0 && counts(seen));
  if (counted.length < knobs.warmUp) return undefined;
  const { typical, spread, count } = logBaseline(counted.map(({ value }) => value));
  const factor = Math.exp(knobs.sigmas * spread);
  const accepted = counted.filter(
    ({ value, verdict }) => value <= typical * factor || verdict === 'expected',
  );
  const record = Math.max(...accepted.map(({ value }) => value));
  const high = Math.floor(Math.max(typical * factor, record * knobs.headroom));
  const points = counted
    .slice(-shownPoints)
    .map(({ atSec, value }) => ({ atSec, value, usual: value <= high }));
  return {
    typical,
    low: Math.ceil(typical / factor),
    high,
    count,
    history: { count: counted.length, points },
  };
}
