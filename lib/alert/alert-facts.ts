import type { Breakdown, Finding } from '../domain/finding.ts';
import { type BarChart, barChart } from './bar-chart.ts';
import { breakdownRows } from './breakdown-rows.ts';
import { capitalised } from './capitalised.ts';
import { differenceWords } from './difference-words.ts';
import { isAboutAccount } from './is-about-account.ts';
import { measureWords, signedMoney } from './measure-words.ts';
import { moneyStateWords } from './money-state-words.ts';
import { stripeLink } from './stripe-link.ts';
import { subjectOf } from './subject.ts';
import { dayWords, timeWords } from './time-words.ts';
import { rangeWords } from './usual-words.ts';

export interface Row {
  readonly label: string;
  readonly value: string;
}

/** Everything an alert says, in words, in the order it is read. The text and the HTML both show all of it. */
export interface AlertFacts {
  readonly finding: Finding;
  readonly timeZone: string;
  readonly subject: string;
  readonly moneyState: string;
  readonly figures: readonly Row[];
  readonly link: { readonly label: string; readonly url: string };
  readonly certainty: string;
  readonly boundary: string | undefined;
  readonly history: { readonly count: string; readonly from: string; readonly to: string } | undefined;
  readonly chart: BarChart | undefined;
  readonly breakdown: { readonly rows: readonly Row[]; readonly total: Row } | undefined;
  /** Where it is answered; undefined when there is no page for it. */
  readonly feedbackUrl?: string | undefined;
  readonly reference: readonly Row[];
  readonly whyYou: string;
}

/** @param finding already clean: see `cleanFinding` */
export function alertFacts(finding: Finding, nowSec: number, timeZone: string): AlertFacts {
  const money = moneyStateWords(finding.money, nowSec, timeZone);
  return {
    finding,
    timeZone,
    subject: subjectOf(finding, money.brief),
    moneyState: money.full,
    figures: figures(finding),
    link: stripeLink(finding),
    certainty: certaintyOf(finding),
    boundary: boundaryWords(finding),
    history: historyWords(finding, timeZone),
    chart: barChart(finding),
    breakdown:
      finding.breakdown === null ? undefined : breakdownWords(finding.breakdown, finding.money.currency),
    reference: [
      { label: 'Alert', value: finding.id },
      { label: 'Happened', value: timeWords(finding.atSec, timeZone) },
      { label: 'Written', value: timeWords(nowSec, timeZone) },
      { label: 'Customer', value: customerWords(finding) },
      { label: 'Object', value: finding.object },
      ...(finding.eventId === null ? [] : [{ label: 'Event', value: finding.eventId }]),
      { label: 'Detector', value: `${finding.detector}: ${finding.question}` },
    ],
    whyYou: finding.livemode
      ? 'You get this because your address is on the list for billing alerts of your company’s BillingWatch.'
      : 'You get this because your address is on the platform list of your company’s BillingWatch, which gets what happens in Stripe’s test mode. No real money is involved.',
  };
}

const certaintyWords = {
  proven: 'Proven: it follows from the facts alone. Nothing is estimated.',
  unusual:
    'Unusual: it stands out from this customer’s own history. That is a judgement, not a proof; it may be intended.',
  account:
    'Unusual: it stands out from what this account has done in the past weeks. That is a judgement, not a proof; it may be intended.',
} as const;

function certaintyOf(finding: Finding): string {
  if (finding.certainty === 'proven') return certaintyWords.proven;
  return certaintyWords[isAboutAccount(finding) ? 'account' : 'unusual'];
}

function customerWords(finding: Finding): string {
  return finding.customer ?? (isAboutAccount(finding) ? 'not one: the whole account' : 'not named by Stripe');
}

function figures(finding: Finding): readonly Row[] {
  const { measure, actual, atStakeMinor, money } = finding;
  const atStake =
    atStakeMinor === null || measure.kind === 'money' ? [] : [measured(atStakeMinor, money.currency)];
  return [
    { label: capitalised(measure.what), value: measureWords(actual, measure) },
    { label: finding.certainty === 'proven' ? 'Should be' : 'Expected range', value: rangeWords(finding) },
    { label: 'Difference', value: differenceWords(finding) },
    ...atStake.map((value) => ({ label: 'Money at stake', value })),
    { label: 'Severity', value: `${capitalised(finding.severity)}: ${finding.severityReason}` },
  ];
}

function measured(amountMinor: number, currency: string): string {
  return measureWords(amountMinor, { kind: 'money', currency, what: '' });
}

function boundaryWords({ actual, boundary, measure }: Finding): string | undefined {
  if (boundary === null) return undefined;
  const side = actual > boundary ? 'less' : 'more';
  return `At ${measureWords(boundary, measure)} or ${side} there would have been no alert.`;
}

function historyWords({ history }: Finding, timeZone: string): AlertFacts['history'] {
  const first = history.points.at(0);
  const last = history.points.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const shown = history.points.length;
  return {
    count: history.count > shown ? `${history.count}, the last ${shown} below` : String(history.count),
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
