import { weekSec } from '../time.ts';
import type { AccountFact, ScoreName } from './account-facts-of.ts';
import { scoreNames } from './account-facts-of.ts';
import { unpackScore } from './score.ts';

/** Scores by the week they are from (Unix time / 7 days), lowest hash first. */
export type ScoreSample = ReadonlyMap<number, readonly AccountFact[]>;

const weeksKept = 10; //     as long as the account's other counts are kept
const keptAWeek = 256; //    of each name: 2,560 in all, so that one in a hundred is 25 of them

const isScore = ({ counter }: AccountFact): boolean => scoreNames.some((name) => name === counter);

/**
 * A sample of an account's scores, bounded however busy it is: of each week those with the lowest hashes, which is
 * fair, as hashes know nothing of amounts. Each week's part is a pure function of the *set* of its facts: repeats,
 * order and reading an hour twice change nothing.
 */
export function sampleScores(known: ScoreSample, facts: readonly AccountFact[], nowSec: number): ScoreSample {
  const seen = Map.groupBy(facts.filter(isScore), ({ atSec }) => Math.floor(atSec / weekSec));
  const sample = new Map(known);
  for (const [week, some] of seen) sample.set(week, lowestHashes([...(known.get(week) ?? []), ...some]));
  const oldest = Math.floor(nowSec / weekSec) - weeksKept;
  for (const week of sample.keys()) if (week <= oldest) sample.delete(week);
  return sample;
}

/** The sample of both: as if one had seen all. */
export function joinSamples(known: ScoreSample, other: ScoreSample, nowSec: number): ScoreSample {
  return sampleScores(known, [...other.values()].flat(), nowSec);
}

/** The sample's scores of one name after a time. */
export function scoresIn(sample: ScoreSample, name: ScoreName, afterSec: number): readonly AccountFact[] {
  const weeks = [...sample].filter(([week]) => (week + 1) * weekSec > afterSec);
  return weeks.flatMap(([, scores]) =>
    scores.filter(({ counter, atSec }) => counter === name && atSec > afterSec),
  );
}

function lowestHashes(facts: readonly AccountFact[]): readonly AccountFact[] {
  return scoreNames.flatMap((name) => {
    const sorted = facts.filter(({ counter }) => counter === name).sort(byHash);
    return sorted.filter(({ hash }, index) => hash !== sorted[index - 1]?.hash).slice(0, keptAWeek);
  });
}

/**
 * A total order: of two scores of one object, the same one always comes first, and that is the one that knew more
 * of the customer. So what was scored before a backfill, with empty records, gives way to what the past says.
 */
function byHash(a: AccountFact, b: AccountFact): number {
  const more = () => unpackScore(b.value).count - unpackScore(a.value).count;
  return a.hash - b.hash || more() || a.atSec - b.atSec || a.value - b.value;
}
