import type { AccountFact, ScoreName } from '../../domain/account/account-facts-of.ts';
import type { Calibration, Population } from '../../domain/account/calibration.ts';
import { catalogPrices, type PriceAdopters } from '../../domain/account/price-adoption.ts';
import { maxGapDays, type Score, unpackScore } from '../../domain/account/score.ts';
import { type ScoreSample, scoresIn } from '../../domain/account/score-sample.ts';
import { daySec } from '../../domain/time.ts';
import { halfWidth } from '../../stats/half-width.ts';
import { logBaseline, unknownSpread } from '../../stats/log-baseline.ts';
import { median } from '../../stats/median.ts';
import { tailOf } from '../../stats/tail.ts';
import { commonShift, hasHistory, residual } from './common-shift.ts';
import { populationPrior } from './population-prior.ts';
import { scoreClass, scoreClasses } from './score-class.ts';

const leastMonths = 100; //  of customers; scores of one customer and month resemble each other, and count as one
const leastWeight = 0.3; // observations that its centre is worth: always something ...
const mostWeight = 8; //    ... and never all
const narrowest = 0.1; //   ln: customers differ by so much, however alike they seem
const shiftSec = 2 * daySec; // a holiday of yesterday says nothing of today any more ...
const usageShiftSec = 7 * daySec; // ... but the usage of a month is, for the most part, that of the month a week later
const shiftScores = 30; //     of those days, the newest: a median of so many is known to a tenth and follows in hours

interface Dated extends Score {
  readonly atSec: number;
  readonly currency: string;
}

/** What an account's scores of the last ten weeks say of its payments. Pure, and the same in any order. */
export function calibrate(
  sample: ScoreSample,
  nowSec: number,
  prices: PriceAdopters = new Map(),
): Calibration {
  return {
    amount: populationOf(sample, 'amount', nowSec),
    usage: populationOf(sample, 'usage', nowSec),
    prices: catalogPrices(prices, nowSec),
  };
}

/** The same calibration an hour later: only the common shift moves so fast. */
export function withCurrentShift(before: Calibration, sample: ScoreSample, nowSec: number): Calibration {
  const moved = (population: Population | null, name: ScoreName): Population | null =>
    population && { ...population, shock: currentShift(sample, name, nowSec) };
  return { ...before, amount: moved(before.amount, 'amount'), usage: moved(before.usage, 'usage') };
}

function datedScore({ atSec, currency, value }: AccountFact): Dated {
  const { log, centre, spread, count, gapDays } = unpackScore(value);
  return { log, centre, spread, count, gapDays, atSec, currency };
}

function populationOf(sample: ScoreSample, name: ScoreName, nowSec: number): Population | null {
  const scores = scoresIn(sample, name, 0).map(datedScore);
  const withHistory = scores.filter(hasHistory);
  if (monthsOf(withHistory) < leastMonths) return null;
  const within = halfWidth(withHistory.map(residual));
  const population = {
    // Meters have no common centre: they lend each other their tails alone.
    centres: name === 'amount' ? centresOf(scores, within) : {},
    spread: Math.max(unknownSpread, within),
  };
  return {
    ...population,
    shock: currentShift(sample, name, nowSec),
    months: monthsOf(scores) / scores.length,
    tails: tailsOf(scores, population),
  };
}

/** How far out the scores of each class reach, without what lifted all on their days. */
function tailsOf(
  scores: readonly Dated[],
  population: Pick<Population, 'centres' | 'spread'>,
): Population['tails'] {
  const judged = scores.filter(({ count }) => count > 0); // a first payment is not
  const days = [...Map.groupBy(judged, ({ atSec }) => Math.floor(atSec / daySec)).values()];
  const standard = days.flatMap((day) => {
    const shock = commonShift(day);
    return day.map((score) => {
      const { centre, spread } = logBaseline(score, populationPrior(population, score.currency));
      return { score, sigmas: (score.log - shock - centre) / spread };
    });
  });
  const byClass = Map.groupBy(standard, ({ score }) => scoreClass(score, population.spread));
  return scoreClasses.map((name) => {
    const alike = byClass.get(name) ?? [];
    const months = monthsOf(alike.map(({ score }) => score));
    return (
      tailOf(
        alike.map(({ sigmas }) => sigmas),
        months,
      ) ?? null
    );
  });
}

/** How many months of customers the scores stand for: four a month are a month, and one in three months is one. */
function monthsOf(scores: readonly Pick<Score, 'gapDays'>[]): number {
  return scores.reduce((sum, { gapDays }) => sum + gapDays / maxGapDays, 0);
}

/**
 * The middle payment of each currency. It is worth as many of a customer's own observations as the variance within
 * customers is to that between them: where all buy alike much, where each has a price of their own hardly anything.
 */
function centresOf(scores: readonly Dated[], within: number): Population['centres'] {
  const currencies = [...Map.groupBy(scores, ({ currency }) => currency)];
  return Object.fromEntries(
    currencies.flatMap(([currency, some]) => {
      if (monthsOf(some) < leastMonths) return [];
      const logs = some.map(({ log }) => log);
      const between2 = Math.max(narrowest ** 2, halfWidth(logs) ** 2 - within ** 2);
      const weight = Math.min(mostWeight, Math.max(leastWeight, within ** 2 / between2));
      return [[currency, { centre: median(logs), weight }] as const];
    }),
  );
}

function currentShift(sample: ScoreSample, name: ScoreName, nowSec: number): number {
  const recent = scoresIn(sample, name, nowSec - (name === 'usage' ? usageShiftSec : shiftSec));
  const newest: Dated[] = [];
  for (const one of recent.toSorted((a, b) => b.atSec - a.atSec)) {
    const score = datedScore(one);
    if (hasHistory(score)) newest.push(score);
    if (newest.length === shiftScores) break;
  }
  return commonShift(newest);
}
