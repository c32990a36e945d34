import type { Series } from '../../domain/record/series.ts';

/**
 * Whether a person has called such a value expected: then the next like it is no news.
 * For example, `wasExpected(earlier, (value) => value === 0)`.
 */
export function wasExpected(earlier: Series, isLike: (value: number) => boolean = () => true): boolean {
  return earlier.some(({ value, verdict }) => verdict === 'expected' && isLike(value));
}
