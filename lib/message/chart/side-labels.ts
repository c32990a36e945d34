import type { Finding } from '../../domain/finding/finding.ts';
import { expectedOf } from '../expected-words.ts';
import { type Html, html } from '../markup/html.ts';
import { lightPalette as colour } from '../markup/palette.ts';
import { textWidth } from '../text/text-width.ts';
import { type ChartTexts, chartSize, type Plot } from './chart-layout.ts';

const { fontSize, lineHeight } = chartSize;
/** How far labels may stand above and below the plot: beyond are the head and the dates. */
const beyond = 8;
const apart = 6;
/** The distance from the top of a line to its baseline. */
const toBaseline = 17;

/** Some lines, centred on a height in the plot. */
interface Block {
  readonly lines: readonly string[];
  readonly centreY: number;
  readonly ink: string;
}

/**
 * The labels of the flagged value and the expected range, each next to its mark, moved apart where they would overlap.
 */
export function sideLabels(plot: Plot, finding: Finding, texts: ChartTexts): Html {
  const { low, high } = expectedOf(finding);
  const value = { lines: texts.actual, centreY: plot.y(finding.actual), ink: colour.flagged };
  const middle = (plot.y(low) + plot.y(high)) / 2;
  const range = { lines: texts.usual, centreY: middle, ink: colour.text };
  const [upper, lower] = value.centreY <= range.centreY ? [value, range] : [range, value];
  const overlap = Math.max(0, topOf(upper) + tall(upper) + apart - topOf(lower));
  const lowest = plot.bottom + beyond - tall(lower);
  const upperTop = between(plot.top - beyond, topOf(upper) - overlap / 2, lowest - apart - tall(upper));
  const lowerTop = between(upperTop + tall(upper) + apart, topOf(lower) + overlap / 2, lowest);
  return html`${block(plot, upper, upperTop)}
${block(plot, lower, lowerTop)}`;
}

const tall = ({ lines }: Block): number => lines.length * lineHeight;
const topOf = (one: Block): number => one.centreY - tall(one) / 2;
const between = (low: number, value: number, high: number): number => Math.max(low, Math.min(value, high));

/** A label: a name in plain letters and its value in bold; a line that is too long is set smaller. */
function block({ side, sideWidth }: Plot, { lines, ink }: Block, top: number): Html {
  return html`${lines.map((words, index) => {
    const size = Math.min(fontSize, (fontSize * sideWidth) / textWidth(words, fontSize));
    const look = index === 0 ? html`` : html`font-weight="600" fill="${ink}"`;
    return html`<text x="${side}" y="${top + toBaseline + index * lineHeight}" font-size="${size}" ${look}>${words}</text>`;
  })}`;
}
