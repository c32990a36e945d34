import type { Finding } from '../domain/finding/finding.ts';
import { expectedOf } from './expected-words.ts';

/** One observation as a bar from zero, in shares of the largest value shown: 0 to 1. */
export interface Bar {
  readonly atSec: number;
  readonly value: number;
  readonly length: number;
  /** `usual` and `unusual` are history, `flagged` is what the finding is about. */
  readonly mark: 'usual' | 'unusual' | 'flagged';
}

export interface BarChart {
  /** Oldest first, the flagged one last. */
  readonly bars: readonly Bar[];
  /** The expected range on the same scale. */
  readonly band: { readonly from: number; readonly to: number };
}

/** Draws the history and the flagged value to one scale; undefined without a history. Credits have no length. */
export function barChart(finding: Finding): BarChart | undefined {
  const { history, actual, atSec } = finding;
  const { low, high } = expectedOf(finding);
  if (history.points.length === 0) return undefined;
  const largest = Math.max(1e-9, actual, high, ...history.points.map(({ value }) => value));
  const share = (value: number): number => Math.max(0, value) / largest;
  const past = history.points.map(
    (point): Bar => ({ ...point, length: share(point.value), mark: point.usual ? 'usual' : 'unusual' }),
  );
  return {
    bars: [...past, { atSec, value: actual, length: share(actual), mark: 'flagged' }],
    band: { from: share(low), to: share(high) },
  };
}
