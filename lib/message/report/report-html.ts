import { feedbackLink } from '../email/feedback-section.ts';
import { htmlFigures } from '../email/html-figures.ts';
import { type Html, html } from '../markup/html.ts';
import { htmlDocument } from '../markup/html-document.ts';
import type { ReportFacts, ReportItem, ReportSection } from './report-facts.ts';

const nothing = html``;

/** A report as one HTML document. */
export function reportHtml({ livemode, subject, summary, sections, reference, notes }: ReportFacts): string {
  const mode = livemode
    ? nothing
    : html`<div><span class="pill low">Test mode: no real money</span></div>
`;
  const card = html`${mode}<h1 class="h1 ink">${summary}</h1>
${sections.map(section)}`;
  const footer = html`${notes.map((note) => html`<p class="words">${note}</p>`)}
<table class="table muted" cellspacing="0" cellpadding="0">${reference.map(
    ({ label, value }) =>
      html`<tr><th scope="row" class="fact gap">${label}</th><td class="fact break">${value}</td></tr>`,
  )}</table>`;
  return htmlDocument(subject, card, footer);
}

function section({ title, figures = [], items = [], words }: ReportSection): Html {
  const heading = title === undefined ? nothing : html`<h2 class="h2 ink">${title}</h2>`;
  const level = title === undefined ? 'h2' : 'h3';
  return html`${heading}
${figures.length === 0 ? nothing : htmlFigures(figures)}
${items.map((one) => item(one, level))}${words === undefined ? nothing : html`<p class="words ink">${words}</p>`}
`;
}

function item({ summary, note, figures, link, answerUrl }: ReportItem, level: 'h2' | 'h3'): Html {
  const heading =
    level === 'h2' ? html`<h2 class="h3 ink">${summary}</h2>` : html`<h3 class="h3 ink">${summary}</h3>`;
  return html`${heading}
<p class="note">${note}</p>
${htmlFigures(figures)}
<p class="words"><a href="${link.url}" class="link target">${link.label}</a>${feedbackLink(answerUrl)}</p>
`;
}
