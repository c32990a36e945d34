import type { Finding } from '../domain/finding.ts';
import { capitalised } from './capitalised.ts';
import { cleanFinding } from './clean-finding.ts';
import { type Html, html } from './html.ts';
import { htmlDocument } from './html-document.ts';
import type { RenderedAlert, RenderOptions } from './render.ts';
import { stripeLink } from './stripe-link.ts';
import { subjectOf } from './subject.ts';
import { threadsOf } from './threads.ts';
import { timeWords } from './time-words.ts';

/** An alert that is over, and why. */
export interface ResolvedAlert {
  readonly finding: Finding;
  /** A sentence. */
  readonly reason: string;
}

const maxSubject = 90;
const most = 50;

/**
 * Tells that alerts of one cause are over, in the thread of the email that told of them. Pure.
 * @param resolved at least one
 * @example renderResolved([{ finding, reason: 'The invoice was voided: nobody owes it any more.' }], options).subject
 * // 'Resolved: Acme Ltd draft invoice $4,120.00, usually about $410.00'
 */
export function renderResolved(
  resolved: readonly [ResolvedAlert, ...ResolvedAlert[]],
  { nowSec, timeZone, mailDomain }: RenderOptions,
): RenderedAlert {
  const alerts = resolved.map((one) => ({ ...one, finding: cleanFinding(one.finding) }));
  const [{ finding }] = resolved;
  const shown = alerts.slice(0, most);
  const rest = alerts.length > most ? `… and ${alerts.length - most} more.` : '';
  const subject = resolvedSubject(resolved);
  const heading = alerts.length === 1 ? 'This alert is over' : `${alerts.length} alerts are over`;
  const link = ({ finding: one }: ResolvedAlert) => stripeLink(one);
  const row = (one: ResolvedAlert): Html => html`<h2 class="h2 ink">${one.finding.summary}</h2>
<p class="note">${one.reason}</p>
<p class="words"><a href="${link(one).url}" class="link target">${link(one).label}</a></p>`;
  const why = `Written ${timeWords(nowSec, timeZone)}. Nothing needs to be done; you get this because you were told of the alert.`;
  const text = shown.map((one) =>
    [one.finding.summary, one.reason, `${link(one).label}: ${link(one).url}`].join('\n'),
  );
  return {
    subject,
    text: `${[heading.toUpperCase(), ...text, ...(rest === '' ? [] : [rest]), `--\n${why}`].join('\n\n')}\n`,
    html: htmlDocument(
      subject,
      html`<h1 class="h1 ink">${heading}</h1>${shown.map(row)}<p class="words ink">${rest}</p>`,
      html`<p class="words">${why}</p>`,
    ),
    headers: {
      'Message-ID': `<resolved-${finding.id}@${mailDomain}>`,
      References: threadsOf(finding, mailDomain),
      'Auto-Submitted': 'auto-generated',
    },
  };
}

function resolvedSubject(resolved: readonly [ResolvedAlert, ...ResolvedAlert[]]): string {
  const [{ finding }] = resolved;
  const mode = finding.livemode ? '' : '[TEST] ';
  if (resolved.length > 1) return `${mode}Resolved: ${resolved.length} alerts`;
  const told = subjectOf(cleanFinding(finding), null).replace(
    `${mode}${capitalised(finding.severity)}: `,
    '',
  );
  const subject = `${mode}Resolved: ${told}`;
  return subject.length <= maxSubject ? subject : `${subject.slice(0, maxSubject - 1).trimEnd()}…`;
}
