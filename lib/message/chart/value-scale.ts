/**
 * The scale of a chart: where values stand between the bottom (0) and the top (1), and which of them label its axis.
 */
export interface ValueScale {
  /** The factor between ticks on a logarithmic scale; undefined on a linear one. */
  readonly timesEach: number | undefined;
  readonly ticks: readonly number[];
  /** The position as a share of the height, 0 to 1; what is below the scale lies at its bottom. */
  heightOf(value: number): number;
}

/** All values drawn, in the measure's unit; `usualTop` is the upper end of the expected range. */
export interface Drawn {
  readonly values: readonly number[];
  readonly usualTop: number;
  /** Smallest difference that exists, e.g. 1 minor unit: no finer ticks. */
  readonly step: number;
}

/**
 * The share of the height below which the expected range is flat: lower than the height of a mark, its
 * values can't be distinguished.
 */
const flatBelowShare = 1 / 16;

const mostSteps = 4;
const mostDecades = 4;

/**
 * Chooses a scale: linear from zero, so that twice as high is twice as much; logarithmic only where one value would
 * flatten the rest.
 * @example valueScale({ values: [410, 4120], usualTop: 492, step: 1 }).ticks // [0, 2000, 4000]
 * @example valueScale({ values: [5539, 553945], usualTop: 13054, step: 1 }).ticks // [1000, 10000, 100000]
 */
export function valueScale({ values, usualTop, step }: Drawn): ValueScale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const isFlat = usualTop > 0 && usualTop < high * flatBelowShare;
  return isFlat && low > 0
    ? logarithmic(Math.max(low, step), high)
    : linear(Math.min(0, low), Math.max(0, high), step);
}

function linear(low: number, high: number, finest: number): ValueScale {
  const range = Math.max(high - low, finest);
  const step = Math.max(finest, roundStep(range / mostSteps));
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return {
    timesEach: undefined,
    ticks: Array.from({ length: count }, (_, index) => (first + index) * step),
    heightOf: (value) => (value - low) / range,
  };
}

/** A logarithmic scale, from a power of ten up. */
function logarithmic(low: number, high: number): ValueScale {
  const bottom = Math.floor(Math.log10(low));
  const top = Math.log10(high);
  const stride = Math.ceil((top - bottom) / mostDecades);
  const count = Math.floor((top - bottom) / stride) + 1;
  return {
    timesEach: 10 ** stride,
    ticks: Array.from({ length: count }, (_, index) => 10 ** (bottom + index * stride)),
    heightOf: (value) => (value <= 0 ? 0 : Math.max(0, (Math.log10(value) - bottom) / (top - bottom))),
  };
}

/** The next 1, 2 or 5 times a power of ten. @example roundStep(103) // 200 */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((times) => times * power >= least) ?? 10;
  return factor * power;
}
