import type { Finding } from '../../domain/finding/finding.ts';
import { expectedOf } from '../expected-words.ts';
import { type Html, html } from '../markup/html.ts';
import { lightPalette as colour } from '../markup/palette.ts';
import type { Plot } from './chart-layout.ts';

type Point = Finding['history']['points'][number];

const thinnestBand = 3;

/** The expected range across the plot; a line where it is too narrow to see. */
export function bandMark({ left, right, y }: Plot, { low, high }: Finding['expected']): Html {
  const tall = Math.max(thinnestBand, y(low) - y(high));
  const top = (y(low) + y(high) - tall) / 2;
  return html`<rect x="${left}" y="${top}" width="${right - left}" height="${tall}" rx="2" fill="${colour.band}"/>`;
}

/** The mark of an observation: a disc where it was usual, a ring where it was not. */
export function pointMark({ x, y }: Plot, { value, usual }: Point, index: number): Html {
  const look = usual
    ? html`r="5" fill="${colour.bar}"`
    : html`r="4.5" fill="${colour.note}" stroke="${colour.bar}" stroke-width="2.5"`;
  return html`<circle cx="${x(index)}" cy="${y(value)}" ${look}/>`;
}

/** The mark of the flagged value: a diamond, tied to the end of the expected range that it is beyond. */
export function flaggedMark({ x, y }: Plot, finding: Finding): Html {
  const { actual, history } = finding;
  const { low, high } = expectedOf(finding);
  const across = x(history.points.length);
  const down = y(actual);
  const nearest = y(Math.min(Math.max(actual, low), high));
  return html`<path d="M${across} ${down}V${nearest}" stroke="${colour.flagged}" stroke-width="2" stroke-dasharray="3 4"/>
<path d="M${across} ${down - 10}l10 10l-10 10l-10-10z" fill="${colour.flagged}" stroke="${colour.note}" stroke-width="2.5"/>`;
}
