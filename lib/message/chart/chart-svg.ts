import type { Finding } from '../../domain/finding/finding.ts';
import { minorStep } from '../../domain/money/money.ts';
import { expectedOf } from '../expected-words.ts';
import { html, htmlText } from '../markup/html.ts';
import { lightPalette as colour } from '../markup/palette.ts';
import { dateLine, tickLine } from './chart-axes.ts';
import { chartLayout, chartSize } from './chart-layout.ts';
import { bandMark, flaggedMark, pointMark } from './chart-marks.ts';
import { chartTexts } from './chart-texts.ts';
import { sideLabels } from './side-labels.ts';
import { type ValueScale, valueScale } from './value-scale.ts';

const { width, height, edge, fontSize } = chartSize;

/**
 * Draws the history and the flagged value against the expected range, in order, one step each: payments within a minute
 * stay distinct, and dates show when. It has its own ground, so that it is legible in dark mode too.
 * @param finding already clean: see `cleanFinding`
 * @returns a document of 600 x 240 that names the font Inter; undefined without a history
 */
export function chartSvg(finding: Finding, timeZone: string): string | undefined {
  const { points } = finding.history;
  if (points.length === 0) return undefined;
  const scale = scaleOf(finding);
  const texts = chartTexts(finding, scale);
  const plot = chartLayout(scale, points.length, texts);
  return htmlText(html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter" font-size="${fontSize}" fill="${colour.muted}">
<rect width="${width}" height="${height}" fill="${colour.note}"/>
<text x="${edge}" y="${edge + 12}">${texts.head}</text>
${bandMark(plot, expectedOf(finding))}
${texts.ticks.map((words, index) => tickLine(plot, scale.ticks[index] ?? 0, words))}
${dateLine(plot, finding, timeZone)}
${points.map((point, index) => pointMark(plot, point, index))}
${flaggedMark(plot, finding)}
${sideLabels(plot, finding, texts)}
</svg>`);
}

function scaleOf(finding: Finding): ValueScale {
  const { history, actual, measure } = finding;
  const { points } = history;
  const { low, high } = expectedOf(finding);
  const values = [...points.map(({ value }) => value), actual, high];
  const isWhole = values.every(Number.isInteger);
  return valueScale({
    values: low === 0 ? values : [...values, low],
    usualTop: high,
    step: measure.kind === 'money' ? minorStep(measure.currency) : isWhole ? 1 : 1e-6,
  });
}
