import type { Finding } from '../domain/finding/finding.ts';
import { dayWords } from './text/time-words.ts';

/**
 * What was checked, since when, and what this system can't see. A reader must not take silence as proof that all is
 * well.
 * For example, `coverageWords(finding, 'Europe/Berlin', 1_764_000_000)` is
 * 'Coverage: BillingWatch saw all of the invoice (3 lines) and 12 earlier values since 28 Nov 2025; it has listened ...'.
 * @param listeningSinceSec undefined when it is unknown
 */
export function coverageWords(
  { lines, history }: Partial<Pick<Finding, 'lines' | 'history'>>,
  timeZone: string,
  listeningSinceSec?: number,
): string {
  const seen = [...linesWords(lines), ...(history === undefined ? [] : historyWords(history, timeZone))];
  const looked = seen.length === 0 ? 'what Stripe’s events say' : seen.join(' and ');
  return `Coverage: BillingWatch saw ${looked}${sinceWords(listeningSinceSec, timeZone)}${coverageLimits}`;
}

/** The end of the words about coverage. */
export const coverageLimits =
  '; what Stripe’s webhooks do not contain, such as contracts, payments elsewhere and usage not yet billed, it can’t see.';

/** @example sinceWords(1_764_000_000, 'UTC') // '; it has listened since 24 Nov 2025' */
export function sinceWords(listeningSinceSec: number | undefined, timeZone: string): string {
  return listeningSinceSec === undefined
    ? ''
    : `; it has listened since ${dayWords(listeningSinceSec, timeZone)}`;
}

function linesWords(lines: Finding['lines']): readonly string[] {
  if (lines === undefined) return [];
  const { shown, areAll } = lines;
  const noun = shown === 1 ? 'line' : 'lines';
  const first = shown === 1 ? 'the first line' : `the first ${shown} lines`;
  return [areAll ? `all of the invoice (${shown} ${noun})` : `${first} of the invoice, not the others`];
}

function historyWords({ count, points }: Finding['history'], timeZone: string): readonly string[] {
  const [first] = points;
  if (first === undefined) return [];
  const since = count > points.length ? '' : ` since ${dayWords(first.atSec, timeZone)}`;
  return [`${count} earlier ${count === 1 ? 'value' : 'values'}${since}`];
}
