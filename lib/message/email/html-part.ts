import type { AlertFacts } from '../alert-facts.ts';
import { chartPicture } from '../chart/chart-picture.ts';
import { htmlChart } from '../chart/html-chart.ts';
import type { Row } from '../figure-rows.ts';
import { type Html, html } from '../markup/html.ts';
import { htmlDocument } from '../markup/html-document.ts';
import { capitalised } from '../text/capitalised.ts';
import { feedbackHtml } from './feedback-section.ts';
import { htmlFigures } from './html-figures.ts';

const nothing = html``;

/**
 * The alert as one HTML document: no script, no form, nothing external; it supports phones and dark mode.
 * @param chartCid of the chart's picture, if the mail carries one
 */
export function htmlPart(facts: AlertFacts, chartCid?: string): string {
  const parts = [firstScreen(facts), why(facts, chartCid), breakdown(facts), nearby(facts), nextSteps(facts)];
  return htmlDocument(facts.subject, html`${[...parts, feedback(facts)]}`, footer(facts));
}

function firstScreen({ finding, summary, moneyState, figures, link }: AlertFacts): Html {
  const mode = finding.livemode ? nothing : html` <span class="pill low">Test mode: no real money</span>`;
  return html`<div><span class="pill ${finding.severity}">${capitalised(finding.severity)}</span>
<span class="pill low">${capitalised(finding.certainty)}</span>${mode}</div>
<h1 class="h1 ink">${summary}</h1>
<p class="note">${moneyState}</p>
${htmlFigures(figures)}
<p class="action"><a href="${link.url}" class="button">${link.label}</a></p>
`;
}

function why(facts: AlertFacts, chartCid: string | undefined): Html {
  const { finding, certainty, boundary, chart } = facts;
  return html`<h2 class="h2 ink">Why we say so</h2>
<p class="words ink">${certainty}</p>
<p class="words ink">The rule: ${finding.rule} ${boundary ?? ''}</p>
${history(facts)}${chartCid === undefined ? nothing : chartPicture(facts, chartCid)}${chart === undefined ? nothing : htmlChart(facts, chart)}
`;
}

function history({ history }: AlertFacts): Html {
  if (history === undefined) return nothing;
  const head = (text: string): Html => html`<th scope="col" class="row gap muted">${text}</th>`;
  const cell = (text: string): Html => html`<td class="row gap ink">${text}</td>`;
  return html`<table class="table" cellspacing="0" cellpadding="0">
<tr>${['Earlier values', 'From', 'To'].map(head)}</tr>
<tr>${[history.count, history.from, history.to].map(cell)}</tr></table>
`;
}

function breakdown({ breakdown }: AlertFacts): Html {
  if (breakdown === undefined) return nothing;
  const row = ({ label, value }: Row, weight: string): Html =>
    html`<tr><th scope="row" class="row gap ink ${weight}">${label}</th><td class="row number ink ${weight}">${value}</td></tr>
`;
  return html`<h2 class="h2 ink">Line by line</h2>
<table class="table" cellspacing="0" cellpadding="0">
<tr><th scope="col" class="row gap muted">Part</th><th scope="col" class="row number muted">Amount</th></tr>
${breakdown.rows.map((line) => row(line, ''))}${row(breakdown.total, 'strong')}</table>
`;
}

function nearby({ finding: { nearby = [] } }: AlertFacts): Html {
  if (nearby.length === 0) return nothing;
  return html`<h2 class="h2 ink">What changed nearby</h2>
<ul class="steps ink">${nearby.map((change) => html`<li class="words">${change}</li>`)}</ul>
`;
}

function nextSteps({ finding, link }: AlertFacts): Html {
  return html`<h2 class="h2 ink">What to do next</h2>
<ol class="steps ink">${finding.nextSteps.map((step) => html`<li class="words">${step}</li>`)}</ol>
<p class="words"><a href="${link.url}" class="link target">${link.label}</a></p>`;
}

function feedback({ finding, feedbackUrl }: AlertFacts): Html {
  return feedbackHtml(finding, feedbackUrl);
}

function footer({ reference, coverage, whyYou }: AlertFacts): Html {
  return html`<p class="words">${whyYou}</p>
<p class="words">${coverage}</p>
<table class="table muted" cellspacing="0" cellpadding="0">${reference.map(
    ({ label, value }) =>
      html`<tr><th scope="row" class="fact gap">${label}</th><td class="fact break">${value}</td></tr>`,
  )}</table>`;
}
