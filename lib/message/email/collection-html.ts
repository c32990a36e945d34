import type { CollectionFacts } from '../group/collection-facts.ts';
import type { CollectionPart } from '../group/collection-part.ts';
import type { ListedFinding } from '../group/listed-finding.ts';
import { type Html, html } from '../markup/html.ts';
import { htmlDocument } from '../markup/html-document.ts';
import type { StripeLink } from '../stripe-link.ts';
import { capitalised } from '../text/capitalised.ts';
import { feedbackLink } from './feedback-section.ts';
import { htmlFigures } from './html-figures.ts';

const nothing = html``;

/** Several findings as one HTML document. */
export function collectionHtml(facts: CollectionFacts): string {
  const { parts } = facts;
  const sections = [firstScreen(facts), nextSteps(facts), ...parts.map(topPart), ...parts.map(otherPart)];
  return htmlDocument(facts.subject, html`${sections}`, footer(facts));
}

function firstScreen({ severity, livemode, summary, state, figures, why, link }: CollectionFacts): Html {
  const mode = livemode ? nothing : html` <span class="pill low">Test mode: no real money</span>`;
  return html`<div><span class="pill ${severity}">${capitalised(severity)}</span>${mode}</div>
<h1 class="h1 ink">${summary}</h1>
<p class="note">${state}</p>
${htmlFigures(figures)}
${link === undefined ? nothing : button(link)}
<h2 class="h2 ink">Why they come together</h2>
<p class="words ink">${why}</p>
`;
}

function nextSteps({ steps }: CollectionFacts): Html {
  if (steps.length === 0) return nothing;
  return html`<h2 class="h2 ink">What to do next</h2>
<ol class="steps ink">${steps.map((step) => html`<li class="words">${step}</li>`)}</ol>
`;
}

function button({ url, label }: StripeLink): Html {
  return html`<p class="action"><a href="${url}" class="button">${label}</a></p>`;
}

function topPart({ top }: CollectionPart): Html {
  if (top === undefined) return nothing;
  return html`<h2 class="h2 ink">${top.title}</h2>
<p class="words ink">${top.certainty}</p>
${top.findings.map(
  ({ summary, figures, link, answerUrl, members }) => html`<h3 class="h3 ink">${summary}</h3>
${htmlFigures(figures)}
<p class="words"><a href="${link.url}" class="link target">${link.label}</a>${feedbackLink(answerUrl)}</p>
${members.length === 0 ? nothing : list(members)}
`,
)}`;
}

function otherPart({ others }: CollectionPart): Html {
  if (others === undefined) return nothing;
  const { title, findings, more } = others;
  return html`<h2 class="h2 ink">${title}</h2>
${list(findings)}
${more === undefined ? nothing : html`<p class="action ink">${more.words}<br><a href="${more.link.url}" class="link target">${more.link.label}</a></p>`}
`;
}

function list(findings: readonly ListedFinding[]): Html {
  const row = ({ name, says, atStake, url, answerUrl }: ListedFinding): Html =>
    html`<tr><th scope="row" class="item break gap muted"><a href="${url}" class="link target">${name}</a><br>${says}</th>
<td class="item beside number ink">${atStake}${answerUrl === undefined ? nothing : html`<br><a href="${answerUrl}" class="link target">Answer</a>`}</td></tr>
`;
  return html`<table class="table" cellspacing="0" cellpadding="0">
<tr><th scope="col" class="row gap muted">Finding</th><th scope="col" class="row number muted">At stake</th></tr>
${findings.map(row)}</table>`;
}

function footer({ notes, reference }: CollectionFacts): Html {
  return html`${notes.map((words) => html`<p class="words">${words}</p>`)}
<table class="table muted" cellspacing="0" cellpadding="0">${reference.map(
    ({ label, value }) =>
      html`<tr><th scope="row" class="fact gap">${label}</th><td class="fact break">${value}</td></tr>`,
  )}</table>`;
}
