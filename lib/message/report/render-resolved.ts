import { ofAccount } from '../../domain/events/of-account.ts';
import type { Finding } from '../../domain/finding/finding.ts';
import { atStake } from '../at-stake.ts';
import { cleanFinding } from '../clean-finding.ts';
import { coverageWords } from '../coverage-words.ts';
import type { RenderedAlert } from '../email/render.ts';
import { threadsOf } from '../email/threads.ts';
import { figureRows } from '../figure-rows.ts';
import type { RenderOptions } from '../mail-options.ts';
import { stripeLink } from '../stripe-link.ts';
import { subjectOf } from '../subject.ts';
import { subjectStart } from '../subject-start.ts';
import { counted, listed } from '../text/counted.ts';
import { shortened } from '../text/shortened.ts';
import { timeWords } from '../text/time-words.ts';
import type { ReportFacts } from './report-facts.ts';
import { reportHtml } from './report-html.ts';
import { reportText } from './report-text.ts';

/** An alert that is over, and why. */
export interface ResolvedAlert {
  readonly finding: Finding;
  /** The reason, as a sentence. */
  readonly reason: string;
}

export type ResolvedAlerts = readonly [ResolvedAlert, ...ResolvedAlert[]];

const maxSubject = 90;
const mostShown = 10; //   with figures and reason: they need no action, so no one reads more
const mostThreads = 10; // threads that the email belongs to

/**
 * Reports that alerts are over, in the threads of the emails about them. Pure.
 * For example, `renderResolved([{ finding, reason: 'The invoice was voided: it is no longer owed.' }], options).subject` is
 * 'Resolved: Acme Ltd draft invoice $4,120.00, usually about $410.00'.
 */
export function renderResolved(resolved: ResolvedAlerts, options: RenderOptions): RenderedAlert {
  const { mailDomain } = options;
  const [first, ...others] = resolved;
  const clean = (one: ResolvedAlert) => ({ ...one, finding: cleanFinding(one.finding) });
  const facts = resolvedFacts([clean(first), ...others.map(clean)], options);
  const threads = new Set(
    resolved.slice(0, mostThreads).flatMap(({ finding }) => threadsOf(finding, mailDomain).split(' ')),
  );
  return {
    subject: facts.subject,
    text: reportText(facts),
    html: reportHtml(facts),
    headers: {
      'Message-ID': `<resolved-${first.finding.id}@${mailDomain}>`,
      References: [...threads].join(' '),
      'Auto-Submitted': 'auto-generated',
    },
  };
}

function resolvedFacts(resolved: ResolvedAlerts, options: RenderOptions): ReportFacts {
  const { nowSec, timeZone, listeningSinceSec } = options;
  const [{ finding }] = resolved;
  const shown = resolved.slice(0, mostShown);
  const rest = resolved.length - shown.length;
  return {
    livemode: finding.livemode,
    subject: resolvedSubject(resolved),
    summary: ofAccount(
      finding.account,
      resolved.length === 1
        ? 'This alert is over.'
        : `${counted(resolved.length, 'alert')}${stakePhrase(resolved)} are over.`,
    ),
    sections: [
      {
        items: shown.map((one) => ({
          summary: one.finding.summary,
          note: one.reason,
          figures: figureRows(one.finding).filter(({ label }) => label !== 'Severity'),
          link: stripeLink(one.finding),
          answerUrl: options.feedbackUrl?.(one.finding),
        })),
        ...(rest > 0 && { words: `And ${counted(rest, 'alert')} more.` }),
      },
    ],
    reference: [
      { label: 'Written', value: timeWords(nowSec, timeZone) },
      { label: 'Alert', value: shown.map((one) => one.finding.id).join(', ') },
    ],
    notes: [
      'You get this because the alert was sent to you when it was found.',
      coverageWords({}, timeZone, listeningSinceSec),
    ],
  };
}

function resolvedSubject(resolved: ResolvedAlerts): string {
  const [{ finding }] = resolved;
  const start = subjectStart(finding, 'resolved');
  if (resolved.length > 1)
    return shortened(`${start}${counted(resolved.length, 'alert')}${stakePhrase(resolved)}`, maxSubject);
  const alertSubject = subjectOf(finding, null).slice(subjectStart(finding, finding.severity).length);
  return shortened(start + alertSubject, maxSubject);
}

function stakePhrase(resolved: ResolvedAlerts): string {
  const { totals } = atStake(resolved.map(({ finding }) => finding));
  return totals.length === 0 ? '' : ` about ${listed(totals)}`;
}
