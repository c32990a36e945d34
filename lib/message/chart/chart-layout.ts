import { textWidth } from '../text/text-width.ts';
import type { ValueScale } from './value-scale.ts';

/**
 * The size of the chart. It is drawn for the email's column; a phone shows it at half the size, hence text as large as
 * the email's.
 */
export const chartSize = { width: 600, height: 240, edge: 18, fontSize: 17, lineHeight: 22 } as const;

/** The plot. Text stands left, right, above and below it, never on it. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** The start of the texts at the right, and their greatest width. */
  readonly side: number;
  readonly sideWidth: number;
  /** The position of the observation with this index: evenly spaced, the flagged one last. */
  x(index: number): number;
  y(value: number): number;
}

export interface ChartTexts {
  readonly ticks: readonly string[];
  /** The labels at the right, next to what they name: a name, and below it the value in one line or two. */
  readonly actual: readonly string[];
  readonly usual: readonly string[];
  /** A note that explains the scale; most charts need none. */
  readonly head: string;
}

const gap = 14;
const headHeight = 26;
const datesHeight = 26;
/** The margin for a mark on the border. */
const markRoom = 12;
const widestSide = 210;

/** @param steps from the first observation to the flagged one, at least 1 */
export function chartLayout(scale: ValueScale, steps: number, texts: ChartTexts): Plot {
  const { width, height, edge, fontSize } = chartSize;
  const widest = (lines: readonly string[]): number =>
    Math.max(...lines.map((line) => textWidth(line, fontSize)));
  const sideWidth = Math.min(widestSide, widest([...texts.actual, ...texts.usual]));
  const left = edge + widest(texts.ticks) + gap;
  const side = width - edge - sideWidth;
  const right = side - gap;
  const top = texts.head === '' ? edge : edge + headHeight;
  const bottom = height - edge - datesHeight;
  return {
    left,
    right,
    top,
    bottom,
    side,
    sideWidth,
    x: (index) => Math.round(left + markRoom + ((right - left - 2 * markRoom) * index) / steps),
    y: (value) => Math.round(bottom - markRoom - (bottom - top - 2 * markRoom) * scale.heightOf(value)),
  };
}
