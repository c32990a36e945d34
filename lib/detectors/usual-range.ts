import type { History } from '../domain/finding.ts';
import type { Series } from '../domain/series.ts';
import { logBaseline } from '../stats/log-baseline.ts';

/** What is usual for one series, or too little to say. */
export interface UsualRange {
  readonly typical: number;
  readonly low: number;
  readonly high: number;
  /** How many observations of the present level it rests on. */
  readonly count: number;
  readonly history: History;
}

const shownPoints = 24;

/**
 * The range of what a series usually holds: its typical value times and over e^(`sigmas` x spread), and never below
 * the largest usual value so far by `headroom`. Void and refused values do not count.
 * @returns undefined when fewer than `warmUp` observations are there to judge by
 */
export function usualRange(
  series: Series,
  knobs: { readonly sigmas: number; readonly warmUp: number; readonly headroom: number },
): UsualRange | undefined {
  const counted = series.filter(({ value, voided, verdict }) => value > 0 && !voided && verdict !== 'error');
  if (counted.length < knobs.warmUp) return undefined;
  const { typical, spread, count } = logBaseline(counted.map(({ value }) => value));
  const factor = Math.exp(knobs.sigmas * spread);
  const isUsual = (value: number): boolean => value <= typical * factor;
  const accepted = counted.filter(({ value, verdict }) => isUsual(value) || verdict === 'expected');
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
