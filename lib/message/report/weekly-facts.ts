import type { Certificate } from '../../domain/account/certificate.ts';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import { ofAccount } from '../../domain/events/of-account.ts';
import type { Finding } from '../../domain/finding/finding.ts';
import { weekSec } from '../../domain/time.ts';
import { atStake } from '../at-stake.ts';
import { cleanFinding } from '../clean-finding.ts';
import { figureRows, type Row } from '../figure-rows.ts';
import { severityCounts } from '../group/collection-figures.ts';
import type { MailOptions } from '../mail-options.ts';
import { moneyStateWords } from '../money-state-words.ts';
import { stripeLink } from '../stripe-link.ts';
import { subjectStart } from '../subject-start.ts';
import { counted, listed } from '../text/counted.ts';
import { shortened } from '../text/shortened.ts';
import { dayWords, timeWords } from '../text/time-words.ts';
import type { ReportFacts, ReportItem, ReportSection } from './report-facts.ts';
import { weeklyCoverage } from './weekly-coverage.ts';
import type { WeeklyFigures } from './weekly-figures.ts';

const shownOpen = 5;
const maxSubject = 90;

/** Everything the weekly report says, in words, in reading order. */
export function weeklyFacts(
  key: AccountKey,
  figures: WeeklyFigures,
  certificate: Certificate,
  options: MailOptions,
): ReportFacts {
  const { nowSec, timeZone, platform } = options;
  const { alerts, realErrors, open } = figures;
  const days = `${dayWords(nowSec - weekSec, timeZone)} to ${dayWords(nowSec, timeZone)}`;
  const found = [
    alerts === 0 ? 'no alerts' : counted(alerts, 'alert'),
    ...(realErrors.length === 0 ? [] : [counted(realErrors.length, 'real error')]),
    ...(open.length === 0 ? [] : [`${open.length.toLocaleString('en-US')} still open`]),
  ].join(', ');
  return {
    livemode: key.livemode,
    subject: shortened(`${subjectStart(key, 'weekly report')}${found}, ${days}`, maxSubject),
    summary: ofAccount(
      key.account,
      alerts === 0
        ? 'BillingWatch found nothing to report in the last seven days.'
        : `BillingWatch in the last seven days: ${found}.`,
    ),
    sections: [
      ...(alerts === 0 ? [] : [fateSection(figures), moneySection(figures)]),
      ...(open.length === 0 ? [] : [openSection(open, options)]),
      ...(alerts === 0 ? [] : [foundSection(figures)]),
      { title: 'What was quiet', words: quietWords(figures) },
    ],
    reference: [
      { label: 'Written', value: timeWords(nowSec, timeZone) },
      { label: 'Days', value: days },
    ],
    notes: [
      `You get this because your address is on the list for billing alerts of your company’s BillingWatch, which reports every Monday. For no more reports, write to ${listed(platform)}.`,
      weeklyCoverage(certificate, nowSec - weekSec, options),
    ],
  };
}

/** Alerts that wait for an answer, the most important first. */
function openSection(open: readonly Finding[], options: MailOptions): ReportSection {
  const { nowSec, timeZone, feedbackUrl } = options;
  const item = (finding: Finding): ReportItem => ({
    summary: finding.summary,
    note: moneyStateWords(finding.money, nowSec, timeZone).full,
    figures: figureRows(finding).filter(({ label }) => label === 'Severity'),
    link: stripeLink(finding),
    answerUrl: feedbackUrl?.(finding),
  });
  const rest = open.length - shownOpen;
  return {
    title: `Still open, without an answer${rest > 0 ? `: the first ${shownOpen}` : ''}`,
    items: open.slice(0, shownOpen).map((finding) => item(cleanFinding(finding))),
    ...(rest > 0 && {
      words: `And ${rest.toLocaleString('en-US')} more, less severe or with less at stake: each is in the email that reported it, or counted there.`,
    }),
  };
}

function fateSection(figures: WeeklyFigures): ReportSection {
  const { realErrors, expected, precision, open, resolved, planned, snoozed } = figures;
  const rows = [
    ['Still open', open],
    ['Over, as events showed', resolved],
    ['Real errors, you said', realErrors],
    ['Expected, you said', expected],
    ['Planned', planned],
    ['Snoozed', snoozed],
  ] as const;
  const judged = realErrors.length + expected.length;
  const right =
    precision === null
      ? 'no one has judged any yet: say “real error” or “expected” on the page of an alert'
      : `${Math.round(precision * 100)}%: ${realErrors.length} of the ${judged} you judged`;
  return {
    title: 'What became of them',
    figures: [
      { label: 'Alerts that were right', value: right },
      ...rows.flatMap(([label, some]): readonly Row[] =>
        some.length === 0 ? [] : [{ label, value: some.length.toLocaleString('en-US') }],
      ),
    ],
  };
}

/** The money at stake by currency, never summed across; what was expected or planned is no loss. */
function moneySection({ open, realErrors, resolved }: WeeklyFigures): ReportSection {
  const row = (label: string, some: readonly Finding[]): readonly Row[] => {
    const { totals, unknown } = atStake(some);
    const words = [
      ...totals,
      ...(unknown === 0 ? [] : [`${counted(unknown, 'alert')} with an unknown amount`]),
    ];
    return words.length === 0 ? [] : [{ label, value: listed(words) }];
  };
  const rows = [
    ...row('Still open', open),
    ...row('Real errors', realErrors),
    ...row('Over, as events showed', resolved),
  ];
  return rows.length === 0 ? {} : { title: 'Money at stake', figures: rows };
}

function foundSection({ byDetector }: WeeklyFigures): ReportSection {
  return {
    title: 'What was found',
    figures: byDetector.map((some) => {
      const [{ question, detector }] = some;
      return { label: `${question} (${detector})`, value: `${some.length}: ${listed(severityCounts(some))}` };
    }),
  };
}

function quietWords({ quiet, off }: WeeklyFigures): string {
  const silent =
    quiet.length === 0
      ? 'Every check that is on found something.'
      : `${counted(quiet.length, 'check')} found nothing: ${quiet.join(', ')}.`;
  return off.length === 0 ? silent : `${silent} Switched off: ${off.join(', ')}.`;
}
