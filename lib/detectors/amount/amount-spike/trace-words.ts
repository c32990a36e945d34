import { formatMoney } from '../../../domain/money/money.ts';
import type { Series } from '../../../domain/record/series.ts';
import { sigmasWords } from '../../baseline/sigmas-words.ts';
import type { Adjusted } from './adjust.ts';
import { type Ranges, rangesAfter, type Width } from './baseline.ts';
import { boundaryOf, type Criteria } from './decide.ts';
import type { Explained } from './explain.ts';
import { stages } from './stages.ts';
import type { Subject } from './subject.ts';
import type { Suspects } from './suppress.ts';

/** The states of the stages in words, for `replay --explain`: nothing here is asked for in production. */

export function adjustedWords(past: Adjusted, subject: Subject): readonly string[] {
  const { charges, invoices, instead, explainedMinor } = past;
  return [
    ...(explainedMinor > 0 ? [`${money(explainedMinor, subject)} of prorations`] : []),
    ...(subject.invoice === undefined ? [`charges: ${seriesWords(charges(), subject)}`] : []),
    ...(subject.invoice === undefined ? [] : [`invoices: ${seriesWords(invoices, subject)}`]),
    ...(instead === undefined ? [] : [`instead: ${seriesWords(instead, subject)}`]),
  ];
}

export function comparisonWords({ explainedMinor }: Adjusted, before: Series, subject: Subject): string {
  const value = money(subject.amountMinor - explainedMinor, subject);
  return `${value} is compared with ${seriesWords(before, subject)}`;
}

export function widthWords(width: Width, subject: Subject): readonly string[] {
  const { prior, shock = 0, isHeavyTailed } = width.learned ?? {};
  const ranges = rangesAfter(width);
  return [
    `from ${width.warmUp} amounts on`,
    `${width.headroom} times the largest usual one`,
    ...(width.admits ? ['expected ones are usual'] : []),
    ...(isHeavyTailed ? ['Student’s t'] : []),
    ...(prior ? [`spread of the account ${prior.spread.toFixed(2)}`] : []),
    ...(shock > 0 ? [`${((Math.exp(shock) - 1) * 100).toFixed(0)}% up together`] : []),
    ...(Number.isFinite(width.extremeTimes) ? [`at most ${width.extremeTimes} times the largest one`] : []),
    ...(ranges === undefined ? [] : [`usual up to ${money(ranges.usual.high, subject)}`]),
    ...(ranges === undefined || subject.invoice === undefined
      ? []
      : [`up to ${money(ranges.planned().high, subject)}, if planned`]),
  ];
}

export function rangeWords(ranges: Ranges | undefined, width: Width, subject: Subject): string {
  if (ranges === undefined) {
    const amounts = width.before.length === 1 ? '1 amount' : `${width.before.length} amounts`;
    return `${amounts} to compare with, and ${width.warmUp} are needed`;
  }
  const { usual } = ranges;
  const { typical, high, count, isExtreme } = usual;
  const why = isExtreme ? 'extreme amounts' : sigmasWords(usual);
  return `typical ${money(Math.round(typical), subject)}, usual up to ${money(high, subject)}: last ${count}, ${why}`;
}

export function explainedWords(
  { range, planned, leftMinor }: Explained,
  subject: Subject,
): readonly string[] {
  return [
    `usual up to ${money(range.high, subject)}`,
    `up to ${money(planned.high, subject)}, if planned`,
    ...(leftMinor > 0 ? [`${money(leftMinor, subject)} of usage`] : []),
  ];
}

export function explanationWords({ range, leftMinor }: Explained, subject: Subject): string {
  const left = leftMinor > 0 ? `, and ${money(leftMinor, subject)} of usage` : '';
  return `silent up to ${money(range.high, subject)}${left}`;
}

export function criteriaWords({ leastMinor, seats }: Criteria, subject: Subject): readonly string[] {
  return [
    ...(leastMinor > 0 ? [`at least ${money(leastMinor, subject)}`] : []),
    ...(seats === undefined ? [] : [`${seats.billed} seats billed, ${seats.ordered} on the subscription`]),
  ];
}

/** Where the amount stands to its boundary; why there is none. */
export function decisionWords(
  explained: Explained | undefined,
  ranges: Ranges | undefined,
  valueMinor: number,
  criteria: Criteria,
  subject: Subject,
): string {
  const range = explained?.range ?? ranges?.usual;
  if (range === undefined) return 'there is too little history';
  const boundaryMinor = boundaryOf(range, criteria) + (explained?.leftMinor ?? 0);
  const is = valueMinor > boundaryMinor ? 'is above' : 'is not above';
  return `${money(valueMinor, subject)} ${is} the boundary of ${money(boundaryMinor, subject)}`;
}

export function suspectsWords({ spike, seats }: Suspects): readonly string[] {
  return [
    spike === undefined ? 'drops the spike' : 'keeps the spike',
    ...(spike?.alerted === undefined ? [] : ['the last one was alerted, at another amount']),
    seats === undefined ? 'drops the seats' : 'keeps the seats',
  ];
}

/** Which rule dropped the last suspect. */
export function suppressionWords(suspects: Suspects, subject: Subject): string {
  let left = suspects;
  for (const { name, does, apply } of stages.suppress) {
    if (subject.context.without?.has(name)) continue;
    left = apply(left, subject);
    if (left.spike === undefined && left.seats === undefined) return `of ${name}: ${does}`;
  }
  return '';
}

function seriesWords(series: Series, subject: Subject): string {
  const values = series.map(({ value }) => value);
  const last = values.at(-1);
  if (last === undefined) return 'no amounts';
  if (values.length === 1) return `1 amount, ${money(last, subject)}`;
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => money(value, subject));
  const all = least === most ? `all ${least}` : `${least} to ${most}, the last ${money(last, subject)}`;
  return `${values.length} amounts, ${all}`;
}

function money(minor: number, { currency }: Subject): string {
  return formatMoney(minor, currency);
}
