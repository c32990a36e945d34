import type { AccountFact } from '../../domain/account/account-facts-of.ts';
import { type AccountPast, countIn, weekHours } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { median } from '../../stats/median.ts';
import { defineAccountDetector } from '../define-account.ts';
import { type AccountExamples, exampleAccountFacts, examplePast } from '../examples/example-past.ts';
import { accountJudgement } from '../finding/account-judgement.ts';
import { meanWords } from '../finding/mean-words.ts';

const knobs = {
  windowSec: 30 * 60, // a run of stolen cards is minutes long; shorter windows hold too few
  leastCards: 8, //      fewer distinct cards in half an hour happen by chance on any account
  timesUsual: 6, //      the usual half hour of the last four weeks
  sigmas: 5, //          of a binomial count: one in three million by chance, at 288 looks a day
  priorAttempts: 100, // a young account is judged as if it had seen 100 attempts ...
  priorShare: 0.15, //   ... of which so many were declined: the high end of ordinary decline rates
  retriedDays: 15, //    for so long Stripe tries a declined renewal again by default, days apart: in the same hour
};

export const failureRate = defineAccountDetector({
  id: 'failure-rate',
  question: 'Are far more cards being declined than usual, as when someone tests stolen cards?',
  certainty: 'unusual',
  nextSteps: [
    'Look at the declined payments in Stripe: many cards, small amounts and no customers mean that someone tests stolen cards.',
    'If so, turn on a CAPTCHA or rate limit at checkout and block the source with Radar; refund what went through.',
    'If the cards are your customers’, ask whether the payment form or the bank changed something.',
  ],
  blindSpots: [
    'Cards that are tried one every few minutes or more slowly.',
    'Payments that are declined as part of a slow decline of the bank’s or the form’s: half an hour is looked at.',
    'Cards that are tried without a charge, as when they are saved for later.',
  ],
  overAfterHours: 24,
  judge: (past) => {
    const window = worstWindow(past);
    if (window === undefined || window.cards < knobs.leastCards) return;
    const usual = expectedOf(past);
    const boundary = Math.max(largestSilent(window.others, usual), mayBeRetried(past, window));
    if (window.cards <= boundary) return;
    return accountJudgement({
      sinceSec: window.fromSec,
      page: 'payments',
      severity: window.cards >= 5 * boundary ? 'critical' : 'high',
      severityReason: `${window.cards} different cards in 30 minutes; each try costs a fee, and card networks fine accounts that are tested on.`,
      summary: `${window.cards} different cards were declined within 30 minutes; usually ${meanWords(usual.cards)}.`,
      what: 'different cards declined in 30 minutes',
      unit: 'cards',
      actual: window.cards,
      expected: { low: 0, high: boundary },
      typical: Math.min(boundary, Math.round(usual.cards * 10) / 10),
      boundary,
      rule: `At least ${knobs.leastCards} different cards, ${knobs.timesUsual} times the usual half hour of four weeks, and ${knobs.sigmas} standard deviations more than the usual share of declined payments (${Math.round(usual.share * 100)}%) explains, and more than could be retries of what was declined at this time on one of the last ${knobs.retriedDays} days.`,
      money: [],
      points: [],
    });
  },
});

interface Window {
  readonly fromSec: number;
  /** Distinct cards declined. */
  readonly cards: number;
  /** Payments that succeeded meanwhile. */
  readonly others: number;
}

/** The half hour with most declined cards, of those we know event by event. */
function worstWindow({ fresh }: AccountPast): Window | undefined {
  const failed = fresh.filter(({ counter }) => counter === 'failed').sort((a, b) => a.atSec - b.atSec);
  let worst: { from: AccountFact; cards: number } | undefined;
  const inside = new Map<number, number>();
  let start = 0;
  for (const last of failed) {
    inside.set(last.hash, (inside.get(last.hash) ?? 0) + 1);
    for (let first = failed[start]; first !== undefined; first = failed[start]) {
      if (last.atSec - first.atSec < knobs.windowSec) break;
      const left = (inside.get(first.hash) ?? 0) - 1;
      if (left === 0) inside.delete(first.hash);
      else inside.set(first.hash, left);
      start += 1;
    }
    const from = failed[start] ?? last;
    if (inside.size > (worst?.cards ?? 0)) worst = { from, cards: inside.size };
  }
  if (worst === undefined) return undefined;
  const fromSec = worst.from.atSec;
  const isInside = ({ counter, atSec }: AccountFact) =>
    counter === 'charge' && atSec >= fromSec && atSec < fromSec + knobs.windowSec;
  const others = new Set(fresh.filter(isInside).map(({ hash }) => hash)).size;
  return { fromSec, cards: worst.cards, others };
}

/** Cards declined in these hours of one of the last days: when many renew in one night, many are tried again at once. */
function mayBeRetried(past: AccountPast, { fromSec }: Window): number {
  const hour = hourOf(fromSec);
  const days = Array.from({ length: knobs.retriedDays }, (_, index) => hour - (index + 1) * 24);
  return Math.max(...days.map((at) => countIn(past, 'failed', at - 1, at + 2)));
}

/**
 * Figures of four weeks: the mean half hour, and the share of payments that are declined in the middle two of the
 * weeks.
 */
function expectedOf(past: AccountPast): { readonly cards: number; readonly share: number } {
  const now = hourOf(past.nowSec);
  const weeks = [1, 2, 3, 4].map((week) => {
    const from = now - week * weekHours;
    const failed = countIn(past, 'failed', from, from + weekHours);
    return { failed, attempts: failed + countIn(past, 'charge', from, from + weekHours) };
  });
  const shares = weeks.map(
    ({ failed, attempts }) =>
      (failed + knobs.priorShare * knobs.priorAttempts) / (attempts + knobs.priorAttempts),
  );
  const cards = weeks.reduce((sum, { failed }) => sum + failed, 0) / (4 * weekHours * 2);
  return { cards, share: median(shares) };
}

/** The most cards that would have been silent, with so many payments that succeeded. */
function largestSilent(others: number, { cards, share }: { readonly cards: number; readonly share: number }) {
  let largest = Math.max(knobs.leastCards - 1, Math.ceil(knobs.timesUsual * cards) - 1);
  for (; ; largest += 1) {
    const attempts = largest + 1 + others;
    const explained = share * attempts + knobs.sigmas * Math.sqrt(share * (1 - share) * attempts);
    if (largest + 1 > explained) return largest;
  }
}

export const examples: AccountExamples = () => {
  const cards = (count: number) => Array.from({ length: count }, (_, index) => index);
  const tried = (hashes: readonly number[], before: (hoursAgo: number) => number = () => 0) =>
    examplePast((hoursAgo) => ({ failed: hoursAgo === 0 ? hashes.length : before(hoursAgo) }), {
      fresh: exampleAccountFacts('failed', hashes),
    });
  return {
    fires: [{ name: 'twelve cards within six minutes', past: tried(cards(12)) }],
    quiet: [
      { name: 'seven cards', past: tried(cards(7)) },
      { name: 'one card, tried thirty times', past: tried(cards(30).map(() => 1)) },
      {
        name: 'as many, in the same hour as those that were declined three days ago: they are tried again',
        past: tried(cards(12), (hoursAgo) => (hoursAgo === 72 ? 12 : 0)),
      },
      {
        name: 'as many where eight in an hour are usual',
        past: tried(cards(12), () => 8),
      },
    ],
  };
};
