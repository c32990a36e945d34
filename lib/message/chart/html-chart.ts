import type { AlertFacts } from '../alert-facts.ts';
import type { Bar, BarChart } from '../bar-chart.ts';
import { expectedName, rangeWords } from '../expected-words.ts';
import { type Html, html } from '../markup/html.ts';
import { measureWords } from '../measure-words.ts';
import { dayWords } from '../text/time-words.ts';

/** A table with one column drawn from cells: it needs no pictures, and screen readers read it as a table. */
export function htmlChart({ finding, timeZone }: AlertFacts, { bars, band }: BarChart): Html {
  const when = (bar: Bar): string =>
    bar.mark === 'flagged'
      ? '◆ This one'
      : `${bar.mark === 'unusual' ? '○ ' : ''}${dayWords(bar.atSec, timeZone)}`;
  const row = (bar: Bar): Html => {
    const weight = bar.mark === 'flagged' ? 'ink strong' : 'muted';
    return html`<tr><th scope="row" class="tight ${weight}">${when(bar)}</th>
<td class="track">${track(bar, band)}</td>
<td class="tight number ${weight}">${measureWords(bar.value, finding.measure)}</td></tr>
`;
  };
  const hasUnusual = bars.some(({ mark }) => mark === 'unusual');
  return html`<table class="table chart" cellspacing="0" cellpadding="0">
<tr><th scope="col" class="tight muted">Date</th><td class="track"></td>
<th scope="col" class="tight number muted">Value</th></tr>
${bars.map(row)}</table>
<p class="legend muted"><span class="key band"></span>${expectedName(finding)}: ${rangeWords(finding)}${
    hasUnusual ? html`<br>○ Seen before, but not counted as usual` : ''
  }</p>`;
}

/** One bar on its scale from nothing to the largest value, cut where the bar or the expected range begins or ends. */
function track({ length, mark }: Bar, { from, to }: BarChart['band']): Html {
  const cuts = [...new Set([0, from, to, length, 1])].sort((a, b) => a - b);
  const parts = cuts.slice(1).map((end, index) => ({ start: cuts[index] ?? 0, end }));
  const part = ({ start, end }: { start: number; end: number }): Html => {
    const ground = start >= from && end <= to ? 'part band' : 'part';
    const bar = html`<div class="bar ${mark}"></div>`;
    return html`<td width="${((end - start) * 100).toFixed(1)}%" class="${ground}">${end <= length ? bar : ''}</td>`;
  };
  return html`<table role="presentation" class="scale" cellspacing="0" cellpadding="0"><tr>${parts.map(part)}</tr></table>`;
}
