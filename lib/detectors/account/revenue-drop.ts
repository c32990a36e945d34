import { type AccountPast, moneyIn, weekHours } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import type { Stretch } from '../../domain/account/silent-stretches.ts';
import { hourSec } from '../../domain/time.ts';
import {
  countOver,
  expectedMinimum,
  expectedPayers,
  levelAt,
  paymentsIn,
  sameDays,
  sameHours,
  silences,
} from '../baseline/same-hours.ts';
import { defineAccountDetector } from '../define-account.ts';
import { type AccountExamples, examplePast } from '../examples/example-past.ts';
import { accountJudgement } from '../finding/account-judgement.ts';

const knobs = {
  windowHours: 72, //    three days: one slow or closed day is no drop
  share: 0.5, //         less than half of what is at least usual
  openShare: 0.6, //     and of the hours that are left without the weakest day and those the account was closed ...
  openPart: 1 / 2, //    ... which must hold so much of what is usual: one holiday is no drop
  leastCharges: 10, //   usual in the window; of fewer, half may be missing by chance
  sigmas: 3.3, //        root-means below: one in 2,000 by chance
  closedCustomers: 8, // usual in hours in which nothing happened at all: then the account was closed
};

export const revenueDrop = defineAccountDetector({
  id: 'revenue-drop',
  question: 'Are far fewer payments coming in than in the same hours of the past weeks?',
  certainty: 'unusual',
  nextSteps: [
    'Look in Stripe whether invoices are made, and whether payments fail, are blocked, or are not being tried.',
    'If customers pay at a checkout, try to buy something yourself: does it work, in each currency and payment method?',
    'If a season has ended or a campaign is over, nothing is wrong.',
  ],
  blindSpots: [
    'The first five weeks of an account, and accounts with fewer than ten payments in three days.',
    'One slow day, and what ends within a day.',
    'Less money from as many payments, and a currency that fails among several.',
    'A decline over weeks: the same hours of the weeks before decline with it.',
  ],
  overAfterHours: 72,
  hourly: true,
  judge: (past) => {
    const until = hourOf(past.nowSec); // whole hours only
    const window = { from: until - knobs.windowHours, to: until };
    const all = compare(past, [window]);
    if (all === undefined || all.actual >= knobs.share * all.usual) return;
    const level = levelAt(past, paymentsIn, window.from);
    const usual = Math.floor(level * all.usual);
    if (usual < knobs.leastCharges) return;
    const boundary = Math.ceil(Math.min(knobs.share * usual, usual - knobs.sigmas * Math.sqrt(usual)));
    if (all.actual >= boundary) return;
    const open = compare(past, openHours(past, window));
    const wasOpen = open !== undefined && open.usual >= knobs.openPart * all.usual;
    if (!wasOpen || open.actual >= knobs.openShare * level * open.usual) return;
    const money = missingMoney(past, window);
    return accountJudgement({
      sinceSec: window.from * hourSec,
      page: 'payments',
      severity: all.actual < usual / 4 ? 'critical' : 'high',
      severityReason: `${usual - all.actual} payments or more are missing, and more every hour.`,
      summary: `${all.actual} payments came in within ${knobs.windowHours} hours; in the same hours of four of the last five weeks it was at least ${usual}.`,
      what: `payments in ${knobs.windowHours} hours`,
      unit: 'payments',
      actual: all.actual,
      expected: { low: boundary, high: Math.max(boundary, ...all.weeks) },
      typical: usual,
      boundary,
      rule: `Less than half, and ${knobs.sigmas} standard deviations less, than in the second weakest of the same hours of five weeks and on the same days of the last two months, or less than so where the week before was weaker.`,
      money,
      points: all.weeks.map((value, index) => ({
        atSec: (until - (5 - index) * weekHours) * hourSec,
        value,
      })),
    });
  },
});

function compare(past: AccountPast, stretches: readonly Stretch[]) {
  const weeks = sameHours(past, paymentsIn, stretches);
  if (weeks === undefined) return undefined;
  const actual = countOver(past, paymentsIn, stretches);
  return { weeks, usual: Math.min(expectedMinimum(weeks), ...sameDays(past, paymentsIn, stretches)), actual };
}

/**
 * Without the weakest day, which may be a holiday, and the hours in which nothing at all happened though much usually
 * does: a closed day, or webhook-silence's matter.
 */
function openHours(past: AccountPast, window: Stretch): readonly Stretch[] {
  const silent = silences(past, window).filter((one) => expectedPayers(past, one) >= knobs.closedCustomers);
  const days = [0, 24, 48].map((start) => ({ from: window.from + start, to: window.from + start + 24 }));
  const missing = (day: Stretch): number => {
    const { usual = 0, actual = 0 } = compare(past, [day]) ?? {};
    return usual - actual;
  };
  const weakest = days.toSorted((a, b) => missing(b) - missing(a)).slice(0, 1);
  const closed = [...silent, ...weakest];
  const hours = Array.from({ length: knobs.windowHours }, (_, index) => window.from + index);
  return hours
    .filter((hour) => !closed.some(({ from, to }) => hour >= from && hour < to))
    .map((hour) => ({ from: hour, to: hour + 1 }));
}

/** The money of the largest currency, against the week before. */
function missingMoney(past: AccountPast, { from, to }: Stretch) {
  const [usual] = moneyIn(past, 'charge', from - weekHours, to - weekHours);
  if (usual === undefined) return [];
  const actual = new Map(moneyIn(past, 'charge', from, to)).get(usual[0]) ?? 0;
  return actual < usual[1] ? [[usual[0], usual[1] - actual] as const] : [];
}

export const examples: AccountExamples = () => {
  /** Payments in each of the last hours; something happens to customers all the same. */
  const paid = (perHour: (hoursAgo: number) => number | undefined) =>
    examplePast((hoursAgo) => ({ charge: perHour(hoursAgo) ?? 4 }));
  return {
    fires: [
      {
        name: 'a quarter of the payments for three days',
        past: paid((hoursAgo) => (hoursAgo <= 72 ? 1 : undefined)),
      },
    ],
    quiet: [
      {
        name: 'three quarters of the payments',
        past: paid((hoursAgo) => (hoursAgo <= 72 ? 3 : undefined)),
      },
      {
        name: 'a closed day among three',
        past: examplePast((hoursAgo) => (hoursAgo <= 24 ? { active: 0, charge: 0 } : {})),
      },
      {
        name: 'few payments at the end of a season, as in the week before',
        past: paid((hoursAgo) => (hoursAgo <= 72 ? 1 : hoursAgo <= 240 ? 2 : undefined)),
      },
    ],
  };
};
