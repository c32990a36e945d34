import type { Finding } from '../../domain/finding/finding.ts';
import { alertFacts } from '../alert-facts.ts';
import { cleanFinding } from '../clean-finding.ts';
import type { RenderOptions } from '../mail-options.ts';
import { htmlPart } from './html-part.ts';
import { textPart } from './text-part.ts';
import { threadsOf } from './threads.ts';

export interface RenderedAlert {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly images?: readonly InlineImage[];
}

/** A PNG inside the mail, shown where the HTML says `cid:` and its id. */
export interface InlineImage {
  readonly cid: string;
  readonly name: string;
  readonly png: Uint8Array;
}

/**
 * Renders one finding as an email. Pure: the same finding at the same second gives the same bytes.
 *
 * Emails about one Stripe object are one thread. `References`, not the `Message-ID`, holds it together, because SES
 * puts its own `Message-ID` on what it sends.
 * For example, `render(finding, { nowSec, timeZone: 'Europe/Berlin', mailDomain: 'example.com' }).subject` is
 * 'High: Acme Ltd draft invoice $4,120.00, usually about $410.00, charges in 47 min'.
 */
export function render(finding: Finding, options: RenderOptions): RenderedAlert {
  const { nowSec, timeZone, mailDomain, chart, feedbackUrl, listeningSinceSec } = options;
  const written = alertFacts(cleanFinding(finding), nowSec, timeZone, listeningSinceSec);
  const facts = { ...written, feedbackUrl: feedbackUrl?.(finding) };
  const image = chart && { cid: `chart-${facts.finding.id}@${mailDomain}`, name: 'chart.png', png: chart };
  return {
    subject: facts.subject,
    text: textPart(facts),
    html: htmlPart(facts, image?.cid),
    headers: {
      'Message-ID': `<alert-${facts.finding.id}@${mailDomain}>`,
      References: threadsOf(finding, mailDomain),
      'Auto-Submitted': 'auto-generated',
    },
    images: image && [image],
  };
}
