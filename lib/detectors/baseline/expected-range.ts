import type { History } from '../../domain/finding/finding.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import type { Series } from '../../domain/record/series.ts';
import { freedomOf, logBaseline } from '../../stats/log-baseline.ts';
import { logLevel } from '../../stats/log-level.ts';
import { studentSigmas } from '../../stats/student-sigmas.ts';
import type { CalibratedThreshold } from './calibrated-threshold.ts';

/** What is usual for one series. */
export interface ExpectedRange {
  readonly typical: number;
  readonly low: number;
  readonly high: number;
  /** How many observations of the present level it rests on. */
  readonly count: number;
  /** How wide it is, in robust standard deviations on the log scale. */
  readonly sigmas: number;
  /** The account has learned that from its own payments. */
  readonly learned: boolean;
  /** `extremeTimes` the largest so far decide, as the account's payments are wilder than that. */
  readonly isExtreme: boolean;
  readonly history: History;
}

export interface RangeKnobs {
  /** Robust standard deviations on the log scale; what the account has learned of its payments may ask for more. */
  readonly sigmas: number;
  /** Observations; with fewer there is too little history to say, while the account has not learned what is usual. */
  readonly warmUp: number;
  /** Times the largest usual value so far. */
  readonly headroom: number;
  /** Times the largest value so far, where the range ends however wild the account's payments are; by default `extremeTimes`. */
  readonly extremeTimes?: number;
  /** Whether what a person called expected is usual; by default it is. */
  readonly admits?: boolean;
}

const shownPoints = 24;

/**
 * Times the largest value so far, beyond which it is reported however heavy-tailed the account's payments are: two
 * digits too many are a hundredfold of the typical one.
 */
export const extremeTimes = 20;
const farHistory = 15; // payments: of five whose logarithms spread by 2, chance takes one customer in 170 a month so far

/** What of a series says what is usual: not what is void, refused or nothing. */
export function countedIn(series: Series): Series {
  return series.filter((seen) => seen.value > 0 && isCountable(seen));
}

/**
 * The range of what a series usually holds: its centre times and over e^(sigmas x spread), and never below the largest
 * usual value so far by `headroom`.
 * @param calibratedThreshold what the account's other payments say; without it the series is judged by itself
 * @returns undefined when too little is known
 */
export function expectedRange(
  series: Series,
  knobs: RangeKnobs,
  calibratedThreshold?: CalibratedThreshold,
): ExpectedRange | undefined {
  return expectedRanges(series, knobs, calibratedThreshold)?.(knobs.headroom);
}

/** The same for several headrooms: they share all that takes time. */
export function expectedRanges(
  series: Series,
  knobs: Omit<RangeKnobs, 'headroom'>,
  calibratedThreshold?: CalibratedThreshold,
): ((headroom: number) => ExpectedRange) | undefined {
  const counted = countedIn(series);
  const level = logLevel(counted.map(({ value }) => value));
  const learned = level.count > 0 ? calibratedThreshold?.sigmas(level) : undefined;
  if (counted.length < knobs.warmUp && learned === undefined) return undefined;
  const unlearned = calibratedThreshold?.isHeavyTailed
    ? studentSigmas(knobs.sigmas, freedomOf(level))
    : knobs.sigmas;
  const sigmas = Math.max(knobs.sigmas, learned ?? unlearned);
  const { centre, spread } = logBaseline(level, calibratedThreshold?.prior);
  const widest = Math.exp(centre + (calibratedThreshold?.shock ?? 0) + sigmas * spread);
  const typical = Math.exp(level.centre);
  const { admits = true } = knobs;
  const accepted = counted.filter(
    ({ value, verdict }) => value <= widest || (admits && verdict === 'expected'),
  );
  const largest = Math.max(typical, ...accepted.map(({ value }) => value));
  const low = Math.ceil(Math.min(typical, Math.exp(centre - sigmas * spread)));
  const shown = counted.slice(-shownPoints);
  const isKnown = learned !== undefined && counted.length >= farHistory;
  const far = isKnown
    ? (knobs.extremeTimes ?? extremeTimes) * Math.max(...counted.map(({ value }) => value))
    : Number.POSITIVE_INFINITY;
  return (headroom) => {
    const wide = Math.max(widest, largest * headroom);
    const high = Math.floor(Math.min(far, wide));
    const points = shown.map(({ atSec, value }) => ({ atSec, value, usual: value <= high }));
    const history = { count: counted.length, points };
    return {
      typical,
      low,
      high,
      count: level.count,
      sigmas,
      learned: learned !== undefined,
      isExtreme: far < wide,
      history,
    };
  };
}
