import type { Finding } from '../../domain/finding/finding.ts';
import { type Html, html } from '../markup/html.ts';
import { lightPalette as colour } from '../markup/palette.ts';
import { textWidth } from '../text/text-width.ts';
import { dayWords } from '../text/time-words.ts';
import { chartSize, type Plot } from './chart-layout.ts';

const { height, edge, fontSize } = chartSize;
/** The distance from the middle of a line of text to its baseline. */
const toBaseline = 6;

const apart = 24;
const plain = html``;

interface Label {
  readonly words: string;
  readonly middle: number;
  readonly from: number;
  readonly to: number;
}

/** A grid line, with its value at the left. */
export function tickLine({ left, right, y }: Plot, value: number, words: string): Html {
  const at = y(value);
  return html`<path d="M${left} ${at}H${right}" stroke="${colour.line}" stroke-width="1.5"/>
<text x="${left - 12}" y="${at + toBaseline}" text-anchor="end">${words}</text>`;
}

/** The dates of the first and the flagged observation under their marks, and one between them where there is room. */
export function dateLine({ x }: Plot, { history, atSec }: Finding, timeZone: string): Html {
  const last = history.points.length;
  const at = (index: number): Label => {
    const words = dayWords(history.points[index]?.atSec ?? atSec, timeZone);
    const half = textWidth(words, fontSize) / 2;
    const middle = Math.max(edge + half, x(index));
    return { words, middle, from: middle - half, to: middle + half };
  };
  const [first, between, flagged] = [at(0), at(Math.floor(last / 2)), at(last)];
  const hasRoom = between.from > first.to + apart && between.to < flagged.from - apart;
  const text = ({ words, middle }: Label, look: Html): Html =>
    html`<text x="${middle}" y="${height - edge}" text-anchor="middle" ${look}>${words}</text>`;
  return html`${text(first, plain)}${hasRoom ? text(between, plain) : ''}${text(flagged, html`fill="${colour.text}"`)}`;
}
