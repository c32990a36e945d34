import { findingId } from '../domain/finding.ts';
import { cleanFinding } from './clean-finding.ts';
import { feedbackLink } from './feedback-section.ts';
import { html, htmlText } from './html.ts';
import type { PlannedMail } from './plan-mails.ts';
import type { RenderedAlert, RenderOptions } from './render.ts';
import { styleSheet, withInlineStyles } from './style-sheet.ts';

const most = 5;

/** Several findings as one email: how many, and the worst of them. Pure. */
export function renderCollection(
  { kind, alerts, topic }: PlannedMail,
  { mailDomain, feedbackUrl }: RenderOptions,
): RenderedAlert {
  const findings = alerts.map(({ finding }) => cleanFinding(finding));
  const subject = `${findings.length} findings`;
  const worst = findings.slice(0, most).map(({ summary }) => summary);
  const [first] = findings;
  const thread = first === undefined ? '' : findingId({ ...first, customer: null }, kind, topic);
  const links = alerts.slice(0, most).map(({ finding }) => feedbackLink(feedbackUrl?.(finding)));
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${subject}</title>
<style>${styleSheet}</style></head><body class="page"><h1 class="h1 ink">${subject}</h1>
<ol>${worst.map((summary, index) => html`<li class="words">${summary}${links[index] ?? ''}</li>`)}</ol></body></html>`;
  return {
    subject,
    text: `${[subject, ...worst].join('\n')}\n`,
    html: withInlineStyles(htmlText(page)),
    headers: { References: `<thread-${thread}@${mailDomain}>`, 'Auto-Submitted': 'auto-generated' },
  };
}
