import { createHash } from 'node:crypto';
import { cleanFinding } from '../clean-finding.ts';
import { collectionFacts } from '../group/collection-facts.ts';
import type { MailOptions } from '../mail-options.ts';
import type { PlannedMail } from '../planned-mail.ts';
import { dayWords } from '../text/time-words.ts';
import { collectionHtml } from './collection-html.ts';
import { collectionText } from './collection-text.ts';
import type { RenderedAlert } from './render.ts';
import { sharedThread } from './threads.ts';

const maxHtmlBytes = 95_000; // Gmail cuts off what is beyond 102 KB
const listLengths = [40, 20, 10]; // tried in turn: no one reads more than 40, and names of common length leave room for them

type Written = Pick<RenderedAlert, 'subject' | 'text' | 'html'>;

/**
 * Renders several findings as one email: how many, how much in each currency, what is charged next, the top five with
 * their figures, the others in a line each. Pure. Emails of one cause are one thread, and so are the digests of a day.
 */
export function renderCollection({ kind, alerts, topic }: PlannedMail, options: MailOptions): RenderedAlert {
  const { mailDomain, nowSec, timeZone, platform } = options;
  const findings = alerts.map(({ finding }) => cleanFinding(finding));
  const write = (most: number): Written => {
    const facts = collectionFacts(kind, findings, options, most);
    return { subject: facts.subject, text: collectionText(facts), html: collectionHtml(facts) };
  };
  const [first] = alerts;
  const shared = kind === 'group' ? topic : `${kind} of ${dayWords(nowSec, timeZone)}`;
  return {
    ...longestFitting(write),
    headers: {
      'Message-ID': `<${kind}-${mailId(alerts)}@${mailDomain}>`,
      ...(first && { References: sharedThread(first.finding, shared, mailDomain) }),
      'Auto-Submitted': 'auto-generated',
      ...(kind === 'digest' && { 'List-Unsubscribe': unsubscribe(platform, 'digests') }),
    },
  };
}

/** The message id: the same for the same alerts, on any try. */
function mailId(alerts: PlannedMail['alerts']): string {
  const ids = alerts.map(({ finding }) => finding.id).join('\n');
  return createHash('sha256').update(ids).digest('hex').slice(0, 26);
}

/** Renders with as many findings in the list as fit. */
function longestFitting(write: (most: number) => Written): Written {
  for (const most of listLengths) {
    const written = write(most);
    if (Buffer.byteLength(written.html) <= maxHtmlBytes) return written;
  }
  return write(0);
}

/**
 * The List-Unsubscribe header, a mail to the maintainers of the recipients: nothing that a mail program could click by
 * itself. RFC 2369.
 */
export function unsubscribe(platform: readonly string[], what: string): string {
  return `<mailto:${platform.map(encodeURI).join(',')}?subject=${encodeURIComponent(`No more BillingWatch ${what}, please`)}>`;
}
