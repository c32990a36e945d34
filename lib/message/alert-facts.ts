import { ofAccount } from '../domain/events/of-account.ts';
import type { Breakdown, Finding } from '../domain/finding/finding.ts';
import { accountRow } from './account-row.ts';
import { type BarChart, barChart } from './bar-chart.ts';
import { breakdownRows } from './breakdown-rows.ts';
import { certaintyWords } from './certainty-words.ts';
import { coverageWords } from './coverage-words.ts';
import { figureRows, type Row } from './figure-rows.ts';
import { isAboutAccount } from './is-about-account.ts';
import { signedMoney } from './measure-words.ts';
import { moneyStateWords } from './money-state-words.ts';
import { silenceWords } from './silence-words.ts';
import { type StripeLink, stripeLink } from './stripe-link.ts';
import { subjectOf } from './subject.ts';
import { dayWords, timeWords } from './text/time-words.ts';
import { whyYouWords } from './why-you-words.ts';

/** Everything an alert says, in words, in reading order. The text and the HTML both show all of it. */
export interface AlertFacts {
  readonly finding: Finding;
  readonly timeZone: string;
  readonly subject: string;
  /** The first sentence. */
  readonly summary: string;
  readonly moneyState: string;
  readonly figures: readonly Row[];
  readonly link: StripeLink;
  readonly certainty: string;
  readonly boundary: string | undefined;
  readonly history: { readonly count: string; readonly from: string; readonly to: string } | undefined;
  readonly chart: BarChart | undefined;
  readonly breakdown: { readonly rows: readonly Row[]; readonly total: Row } | undefined;
  /** The address of the page on which it is answered; undefined when there is none. */
  readonly feedbackUrl?: string | undefined;
  readonly reference: readonly Row[];
  readonly coverage: string;
  readonly whyYou: string;
}

/** @param finding already clean: see `cleanFinding` */
export function alertFacts(
  finding: Finding,
  nowSec: number,
  timeZone: string,
  listeningSinceSec?: number,
): AlertFacts {
  const money = moneyStateWords(finding.money, nowSec, timeZone);
  return {
    finding,
    timeZone,
    subject: subjectOf(finding, money.brief),
    summary: ofAccount(finding.account, finding.summary),
    moneyState: money.full,
    figures: figureRows(finding),
    link: stripeLink(finding),
    certainty: certaintyWords(finding),
    boundary: silenceWords(finding),
    history: historyWords(finding, timeZone),
    chart: barChart(finding),
    breakdown:
      finding.breakdown === null ? undefined : breakdownWords(finding.breakdown, finding.money.currency),
    reference: [
      { label: 'Alert', value: finding.id },
      { label: 'Happened', value: timeWords(finding.atSec, timeZone) },
      { label: 'Written', value: timeWords(nowSec, timeZone) },
      ...accountRow(finding.account),
      { label: 'Customer', value: customerWords(finding) },
      { label: 'Object', value: finding.object },
      ...(finding.eventId === null ? [] : [{ label: 'Event', value: finding.eventId }]),
      { label: 'Detector', value: `${finding.detector}: ${finding.question}` },
    ],
    coverage: coverageWords(finding, timeZone, listeningSinceSec),
    whyYou: whyYouWords(finding),
  };
}

function customerWords(finding: Finding): string {
  return finding.customer ?? (isAboutAccount(finding) ? 'not one: the whole account' : 'not named by Stripe');
}

function historyWords({ history }: Finding, timeZone: string): AlertFacts['history'] {
  const first = history.points.at(0);
  const last = history.points.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const shown = history.points.length;
  return {
    count: history.count > shown ? `the last ${shown} of ${history.count}` : String(history.count),
    from: dayWords(first.atSec, timeZone),
    to: dayWords(last.atSec, timeZone),
  };
}

function breakdownWords(breakdown: Breakdown, currency: string): AlertFacts['breakdown'] {
  const row = (label: string, amountMinor: number): Row => ({
    label,
    value: signedMoney(amountMinor, currency),
  });
  return {
    rows: breakdownRows(breakdown).map(({ label, amountMinor }) => row(label, amountMinor)),
    total: row(breakdown.totalLabel, breakdown.totalMinor),
  };
}
