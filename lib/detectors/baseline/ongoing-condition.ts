import type { Series } from '../../domain/record/series.ts';

/** The value that was reported last, as the range in which another value is about the same. */
export interface AlertedRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The last value, when it was beyond its boundary: then it was reported. What came while there was too little history
 * to judge it counts as reported too: it is no change today. Undefined where it was within its boundary.
 * For example, `lastAlerted([..., { value: 30_000 }], 1.25, () => 12_000)` is { from: 24_000, to: 37_500 }.
 * @param before what counts of the past, oldest first
 * @param boundaryOf the largest silent value after such a past; undefined where that says too little
 */
export function lastAlerted(
  before: Series,
  headroom: number,
  boundaryOf: (past: Series) => number | undefined,
): AlertedRange | undefined {
  const last = before.at(-1)?.value ?? 0;
  if (last === 0) return undefined;
  const boundary = boundaryOf(before.slice(0, -1));
  if (boundary !== undefined && last <= boundary) return undefined;
  return { from: last / headroom, to: Math.floor(last * headroom) };
}

/** Whether a value is about the same as the reported one: the condition is ongoing. */
export function isInAlertedRange(value: number, { from, to }: AlertedRange): boolean {
  return value >= from && value <= to;
}

/**
 * The largest silent value on the way to one that is neither expected nor reported; and where the silent values below
 * it begin, when those between the expected and the reported range are not silent.
 */
export function silentBelow(
  boundary: number,
  value: number,
  alerted: AlertedRange | undefined,
): { readonly boundary: number; readonly farBoundary?: number } {
  if (alerted === undefined || value <= alerted.to || alerted.to <= boundary) return { boundary };
  const from = Math.ceil(alerted.from);
  return from <= boundary + 1 ? { boundary: alerted.to } : { boundary: alerted.to, farBoundary: from };
}

/** Whether such an amount was billed twice before, give or take a unit of rounding: it is one of several usual ones. */
export function wasBilled(amountMinor: number, before: Series): boolean {
  return before.filter(({ value }) => Math.abs(value - amountMinor) <= 1).length > 1;
}
