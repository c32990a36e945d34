import type { Population } from '../../domain/account/calibration.ts';
import type { LogPrior } from '../../stats/log-baseline.ts';
import type { LogLevel } from '../../stats/log-level.ts';
import { tailQuantile } from '../../stats/tail.ts';
import type { Settings } from '../settings.ts';
import { populationPrior } from './population-prior.ts';
import { scoreClass } from './score-class.ts';

/** What the other payments of the account say of how to judge this one. */
export interface CalibratedThreshold {
  readonly prior: LogPrior | undefined;
  /** What lifts everyone these days, as ln of the factor. */
  readonly shock: number;
  /** How many spreads above the centre are still usual for such a history; undefined when too few such were seen. */
  readonly sigmas: (level: LogLevel) => number | undefined;
  /** Whether it is unknown how widely such values vary: then a spread estimated from few of them is not trusted. */
  readonly isHeavyTailed: boolean;
}

/** What holds while nothing is known of the other payments. */
export const nothingLearned: CalibratedThreshold = {
  prior: undefined,
  shock: 0,
  sigmas: () => undefined,
  isHeavyTailed: false,
};

/** @returns undefined of an account that knows too little of its payments yet */
export function calibratedThreshold(
  population: Population | null,
  currency: string,
  { falseAlertsPer1000CustomersMonth }: Settings,
): CalibratedThreshold | undefined {
  if (population === null) return undefined;
  const { shock, months, tails, spread } = population;
  const share = (falseAlertsPer1000CustomersMonth / 1000) * months;
  return {
    prior: populationPrior(population, currency),
    shock,
    isHeavyTailed: false,
    sigmas: (level) => {
      const tail = tails[scoreClass(level, spread)];
      return tail ? tailQuantile(tail, share) : undefined;
    },
  };
}
