import type { AccountKey } from '../domain/billing-event.ts';
import { findingId } from '../domain/finding.ts';
import type { Row } from './figure-rows.ts';
import { type Html, html } from './html.ts';
import { htmlDocument } from './html-document.ts';
import { signedMoney } from './measure-words.ts';
import type { RenderedAlert, RenderOptions } from './render.ts';
import { dayWords } from './time-words.ts';
import type { WeeklyFigures } from './weekly-figures.ts';

/** The week's report as an email. Pure. @param key whose alerts they were */
export function renderWeekly(
  key: AccountKey,
  figures: WeeklyFigures,
  { nowSec, timeZone, mailDomain }: RenderOptions,
): RenderedAlert {
  const days = `${dayWords(nowSec - 7 * 86_400, timeZone)} to ${dayWords(nowSec, timeZone)}`;
  const { alerts, realErrors } = figures;
  const found = alerts === 1 ? '1 alert' : `${alerts} alerts`;
  const errors = realErrors === 0 ? '' : `, ${realErrors} of them real errors`;
  const subject = `BillingWatch, ${days}: ${alerts === 0 ? 'no alerts' : found}${errors}`;
  const sentence =
    alerts === 0
      ? 'Nothing that BillingWatch watches for was found in the last seven days.'
      : `BillingWatch sent ${found} in the last seven days${errors}.`;
  const sections = [
    ['What became of them', fateRows(figures)],
    ['Money at stake, of what is open or a real error', moneyRows(figures)],
    ['What was found', figures.byDetector.map(([label, count]): Row => ({ label, value: String(count) }))],
  ] as const;
  const shown = sections.filter(([, rows]) => rows.length > 0);
  const quiet = `Said nothing: ${figures.quiet.join(', ') || 'none; every detector spoke'}.`;
  const why =
    'You get this every Monday because your address is on the list for billing alerts of your company’s BillingWatch.';
  const thread = findingId({ ...key, customer: null }, 'weekly', 'report');
  return {
    subject: subject.slice(0, 90),
    text: `${[sentence, ...shown.map(textSection), quiet, `--\n${why}`].join('\n\n')}\n`,
    html: htmlDocument(
      subject,
      html`<h1 class="h1 ink">${sentence}</h1>${shown.map(htmlSection)}<p class="note">${quiet}</p>`,
      html`<p class="words">${why}</p>`,
    ),
    headers: { References: `<thread-${thread}@${mailDomain}>`, 'Auto-Submitted': 'auto-generated' },
  };
}

function fateRows({
  resolved,
  realErrors,
  expected,
  planned,
  snoozed,
  open,
  precision,
}: WeeklyFigures): readonly Row[] {
  const judged = realErrors + expected;
  const rows = [
    ['Still open', open],
    ['Over by themselves', resolved],
    ['Real errors, by your judgement', realErrors],
    ['Expected, by your judgement', expected],
    ['Planned', planned],
    ['Snoozed', snoozed],
  ] as const;
  const counted = rows.flatMap(([label, count]) => (count === 0 ? [] : [{ label, value: String(count) }]));
  if (precision === null) return counted;
  const value = `${Math.round(precision * 100)}%: ${realErrors} of the ${judged} you judged`;
  return [...counted, { label: 'Right', value }];
}

function moneyRows({ atStake }: WeeklyFigures): readonly Row[] {
  return [...atStake].map(([currency, minor]) => ({
    label: currency.toUpperCase(),
    value: signedMoney(minor, currency),
  }));
}

function textSection([heading, rows]: readonly [string, readonly Row[]]): string {
  const width = Math.max(...rows.map(({ label }) => label.length));
  return [
    heading.toUpperCase(),
    ...rows.map(({ label, value }) => `${`${label}:`.padEnd(width + 1)}  ${value}`),
  ].join('\n');
}

function htmlSection([heading, rows]: readonly [string, readonly Row[]]): Html {
  const row = ({ label, value }: Row): Html =>
    html`<tr><th scope="row" class="row gap muted">${label}</th><td class="row number ink">${value}</td></tr>`;
  return html`<h2 class="h2 ink">${heading}</h2><table class="table" cellspacing="0" cellpadding="0">${rows.map(row)}</table>`;
}
