/**
 * A customer's rolling history of one quantity: at most `windowSize` observations, in the order in which
 * Stripe made the objects they are about. One object (a charge, an invoice) is one observation, however many
 * events speak of it: a later event replaces the value, an earlier or repeated one changes nothing.
 *
 * So a window is a pure function of the *set* of events seen. Any order and any number of repeats give the same
 * window, because (1) the newest revision of an object wins, (2) an object's place never changes, and (3) what
 * has left a full window is older than all that is in it and can't come back.
 */
export interface Observation {
  /** When Stripe made the object, Unix seconds. */
  readonly atSec: number;
  /** 40 bits of the object's id (`objectHash`). */
  readonly hash: number;
  /** Non-negative integer, at most `maxValue`, in the series' unit. */
  readonly value: number;
  /** Grows with the object's life (`revisionOf`). */
  readonly revision: number;
  /** Void: it happened, but was not paid; never part of a baseline. */
  readonly voided: boolean;
  /** What a person said of it. */
  readonly verdict: Verdict;
}

/** The codec holds differences below 2^52 exactly. What is larger is not remembered. */
export const maxValue = 10 ** 15;

export type Verdict = 'none' | 'expected' | 'error';

export type Series = readonly Observation[];

/** `repeat`: nothing new. `late`: older than a full window, so it can't be distinguished from a repeat. */
export type Outcome = 'new' | 'updated' | 'repeat' | 'late';

/**
 * Puts an observation in its place.
 * @example observe([], { atSec: 10, hash: 1, value: 500, revision: 0, voided: false, verdict: 'none' }, 24).outcome // 'new'
 */
export function observe(
  series: Series,
  seen: Observation,
  windowSize: number,
): { series: Series; outcome: Outcome } {
  const index = series.findIndex((known) => known.hash === seen.hash && known.atSec === seen.atSec);
  const known = series[index];
  if (known !== undefined) {
    if (!supersedes(seen, known)) return { series, outcome: 'repeat' };
    const verdict = seen.value === known.value ? known.verdict : 'none'; // it was said of another value
    return { series: series.with(index, { ...seen, verdict }), outcome: 'updated' };
  }
  const oldest = series[0];
  if (oldest !== undefined && series.length >= windowSize && comesBefore(seen, oldest))
    return { series, outcome: 'late' };
  const place = series.findLastIndex((other) => comesBefore(other, seen)) + 1;
  const inserted = series.toSpliced(place, 0, seen);
  return { series: inserted.length > windowSize ? inserted.slice(-windowSize) : inserted, outcome: 'new' };
}

function comesBefore(a: Observation, b: Observation): boolean {
  return a.atSec !== b.atSec ? a.atSec < b.atSec : a.hash < b.hash;
}

/** A total order on all that an event says, so that it does not matter which of two came first. */
function supersedes(a: Observation, b: Observation): boolean {
  if (a.revision !== b.revision) return a.revision > b.revision;
  return a.voided !== b.voided ? a.voided : a.value > b.value;
}
