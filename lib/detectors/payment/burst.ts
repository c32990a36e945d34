import type { History } from '../../domain/finding/finding.ts';
import type { Verdict } from '../../domain/record/series.ts';
import { daySec } from '../../domain/time.ts';

/** Something that happened to a customer, e.g. a charge that failed. */
export interface Moment {
  readonly atSec: number;
  /** Minor units. */
  readonly value: number;
  /** What a person said of it, and so of the burst that it is part of. */
  readonly verdict?: Verdict;
}

export interface BurstKnobs {
  /** Moments within it, both ends included, may be one burst. */
  readonly spanSec: number;
  /** So many within a span are no burst. */
  readonly everydayCount: number;
}

/** More within a span than is usual. */
export interface Burst {
  /** Oldest first. */
  readonly moments: readonly Moment[];
  /** The most that would have been silent. */
  readonly boundary: number;
  /** The most within a span before that was no burst, or was one as usual. */
  readonly usualCount: number;
  readonly history: History;
}

const quietSec = daySec; // seconds; a burst that continues within a day is the one that was reported
const habitBursts = 2; //    earlier bursts: one may be an incident, with two it is how the customer is
const shownPoints = 24;

/**
 * The burst that a new moment makes. It is reported once, by the moment that brings it over its boundary, in any
 * order: what was over its boundary before has been reported, and so has what follows within a day.
 *
 * The boundary is the everyday count, or the largest of the customer's own earlier bursts once there are two, or one
 * that a person called expected. One that a person called an error is as if it had never been.
 * For example, `newBurst(three, four, four[3].atSec, { spanSec: 1800, everydayCount: 3 })?.moments.length` is 4.
 * @param before what is known, oldest first
 * @param after the same with the moment at `atSec`
 */
export function newBurst(
  before: readonly Moment[],
  after: readonly Moment[],
  atSec: number,
  { spanSec, everydayCount }: BurstKnobs,
): Burst | undefined {
  const isNear = (moment: Moment): boolean => Math.abs(moment.atSec - atSec) <= quietSec;
  const groups = groupsOf(
    before.filter((moment) => !isNear(moment)),
    spanSec,
  ).filter((group) => !group.some(({ verdict }) => verdict === 'error'));
  const isExpected = groups.some((group) => group.some(({ verdict }) => verdict === 'expected'));
  const sizes = groups.map((group) => densest(group, spanSec).length);
  const bursts = sizes.filter((size) => size > everydayCount);
  const isHabit = bursts.length >= habitBursts || (isExpected && bursts.length > 0);
  const boundary = isHabit ? Math.max(...bursts) : everydayCount;
  const moments = densest(after.filter(isNear), spanSec);
  const wasOver = densest(before.filter(isNear), spanSec).length > boundary;
  if (wasOver || moments.length <= boundary) return undefined;
  const points = groups.map((group, index) => {
    const value = sizes[index] ?? 0;
    return { atSec: group[0]?.atSec ?? 0, value, usual: value <= boundary };
  });
  return {
    moments,
    boundary,
    usualCount: Math.max(0, ...sizes.filter((size) => size <= boundary)),
    history: { count: points.length, points: points.slice(-shownPoints) },
  };
}

/** The most moments within a span; of equals the first. */
function densest(moments: readonly Moment[], spanSec: number): readonly Moment[] {
  return moments
    .map(({ atSec }) => moments.filter((other) => other.atSec >= atSec && other.atSec <= atSec + spanSec))
    .reduce((most, span) => (span.length > most.length ? span : most), []);
}

/** Parted at pauses of more than a span. */
function groupsOf(moments: readonly Moment[], spanSec: number): readonly (readonly Moment[])[] {
  const groups: Moment[][] = [];
  for (const moment of moments) {
    const last = groups.at(-1);
    const isSame = last?.some(({ atSec }) => moment.atSec - atSec <= spanSec);
    if (last !== undefined && isSame) last.push(moment);
    else groups.push([moment]);
  }
  return groups;
}
