import type { Population } from '../../domain/account/calibration.ts';
import type { LogPrior } from '../../stats/log-baseline.ts';

/** What to expect of a customer without a history. */
export function populationPrior(
  { centres, spread }: Pick<Population, 'centres' | 'spread'>,
  currency: string,
): LogPrior {
  const { centre, weight } = centres[currency] ?? { centre: 0, weight: 0 };
  return { centre, weight, spread };
}
