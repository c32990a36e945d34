import type { Finding } from '../../domain/finding/finding.ts';
import { type Html, html } from '../markup/html.ts';
import { feedbackChoices } from '../page/feedback-choices.ts';

/** Shared by the text and the HTML. */
const heading = 'Answer this alert';
const howTo =
  'Each link opens a page with a button; nothing changes before you press it. Links are good for 30 days.';

/**
 * The four answers to an alert, as links to its page, each with what it does.
 * @param url of the alert's page; without one, the section is empty
 */
export function feedbackHtml(finding: Finding, url: string | undefined): Html {
  if (url === undefined) return html``;
  const links = feedbackChoices(finding).map(
    ({ action, label, scope }) => html`<tr><td class="row break ink">
<a href="${linkTo(url, action)}" class="link target strong">${label}</a><br>${scope}</td></tr>
`,
  );
  return html`<h2 class="h2 ink">${heading}</h2>
<table role="presentation" class="table" cellspacing="0" cellpadding="0">${links}</table>
<p class="words legend muted">${howTo}</p>
`;
}

/** The four answers as lines of the plain text. */
export function feedbackLines(finding: Finding, url: string | undefined): readonly string[] {
  if (url === undefined) return [];
  const links = feedbackChoices(finding).flatMap(({ action, label, scope }) => [
    '',
    `${label}: ${scope}`,
    linkTo(url, action),
  ]);
  return [heading.toUpperCase(), howTo, ...links];
}

/** One alert among many: a link to its page. */
export function feedbackLink(url: string | undefined): Html {
  return url === undefined ? html`` : html`<br><a href="${url}" class="link target">Answer this alert</a>`;
}

function linkTo(url: string, action: string): string {
  return `${url}?action=${action}`;
}
