import fc from 'fast-check';
import type { AccountFact } from '../../../../lib/domain/account/account-facts-of.ts';
import { type ScoreSample, sampleScores, scoresIn } from '../../../../lib/domain/account/score-sample.ts';

const weekSec = 7 * 86_400;
const nowSec = 3_000 * weekSec;

const score: fc.Arbitrary<AccountFact> = fc.record({
  counter: fc.constantFrom('amount', 'usage'),
  currency: fc.constantFrom('usd', 'eur'),
  hash: fc.integer({ min: 1, max: 40 }),
  atSec: fc.integer({ min: nowSec - 2 * weekSec, max: nowSec }),
  value: fc.integer({ min: 0, max: 3 }),
});

const none: ScoreSample = new Map();
const one = (hash: number, atSec: number, counter: AccountFact['counter'] = 'amount'): AccountFact => ({
  counter,
  currency: 'usd',
  hash,
  atSec,
  value: 1,
});

it('is the same whatever the order, the repeats and the portions in which the scores come', () => {
  const law = fc.property(fc.array(score, { maxLength: 60 }), fc.nat(), (scores, cut) => {
    const at = cut % (scores.length + 1);
    const inTwo = sampleScores(sampleScores(none, scores.slice(at), nowSec), scores.toReversed(), nowSec);
    const inOne = sampleScores(none, scores, nowSec);
    expect(inTwo).toEqual(inOne);
  });
  fc.assert(law);
});

it('keeps 256 a week of each name, those with the lowest hashes, and each object once', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => one(1_000 - index, nowSec - 60));
  const meters = many.map((seen) => ({ ...seen, counter: 'usage' as const }));
  const sample = sampleScores(none, [...many, ...meters, ...many], nowSec);
  expect(scoresIn(sample, 'amount', 0).map(({ hash }) => hash)).toEqual(
    Array.from({ length: 256 }, (_, index) => index + 1),
  );
  expect(scoresIn(sample, 'usage', 0)).toHaveLength(256);
});

it('forgets what is older than ten weeks, and counts nothing else', () => {
  const before = sampleScores(none, [one(1, nowSec), one(2, nowSec, 'charge')], nowSec);
  expect(scoresIn(before, 'amount', 0)).toHaveLength(1);
  expect(scoresIn(before, 'amount', nowSec)).toEqual([]);
  expect(sampleScores(before, [], nowSec + 9 * weekSec)).toEqual(before);
  expect(sampleScores(before, [], nowSec + 10 * weekSec).size).toBe(0);
});
