import { countIn } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { hourSec } from '../../domain/time.ts';
import { defineAccountDetector } from '../define-account.ts';
import { type AccountExamples, exampleIncident, examplePast } from '../examples/example-past.ts';
import { accountJudgement } from '../finding/account-judgement.ts';
import { meanWords } from '../finding/mean-words.ts';
import { countRecord } from './count-record.ts';

const knobs = {
  leastEnded: 8, //     a day; fewer end together by chance
  sigmas: 5, //         roots over the mean and over the largest: cancellations come together, so more than for disputes
  timesLargest: 1.5, // of the largest day of two months, without the worst incident: the end of a month ends many
};

export const churnSpike = defineAccountDetector({
  id: 'churn-spike',
  question: 'Are far more subscriptions ending in a day than usual?',
  certainty: 'unusual',
  nextSteps: [
    'See in Stripe why they ended: cancelled by customers, or by failed payments, or by a script.',
    'If a script or an import ended them by mistake, start them again before customers notice.',
  ],
  blindSpots: [
    'The first five weeks of an account; and what went wrong then counts as usual for two months.',
    'Trials that end unpaid: only customers who were billed count as leaving.',
    'Subscriptions that are set to end later: they count when they end.',
    'Customers who leave over weeks, and smaller plans: see revenue-drop for what comes of it.',
  ],
  overAfterHours: 48,
  judge: (past) => {
    const until = hourOf(past.nowSec) + 1;
    const from = until - 24;
    const ended = countIn(past, 'churn', from, until);
    if (ended < knobs.leastEnded) return;
    const { mean, largest, days, points } = countRecord(past, 'churn-spike', 'churn', 24);
    // The one more is what so few may stand for: two on the first of a month are no mean of two.
    const chance = (count: number) => Math.floor(count + knobs.sigmas * Math.sqrt(count + 1));
    const boundary = Math.max(
      knobs.leastEnded - 1,
      chance(mean),
      chance(largest),
      Math.ceil(knobs.timesLargest * Math.max(largest, 1)) - 1,
    );
    if (days < 35 || ended <= boundary) return; // the end of one month at least must be known
    return accountJudgement({
      sinceSec: from * hourSec,
      page: 'subscriptions',
      severity: ended >= 3 * boundary ? 'critical' : 'high',
      severityReason: `${ended} subscriptions ended in a day, and with them what they pay every month.`,
      summary: `${ended} subscriptions ended within 24 hours; usually ${meanWords(mean, ' a day')}.`,
      what: 'subscriptions ended in 24 hours',
      unit: 'subscriptions',
      actual: ended,
      expected: { low: 0, high: boundary },
      typical: Math.min(boundary, Math.round(mean * 10) / 10),
      boundary,
      rule: `At least ${knobs.leastEnded}, more than chance makes of the mean of the last ${days} days and of their largest, without the worst incident, and ${knobs.timesLargest} times that.`,
      money: [],
      points,
    });
  },
});

export const examples: AccountExamples = () => {
  const ended = (count: number, before: (hoursAgo: number) => number = () => 0, found = {}) =>
    examplePast((hoursAgo) => ({ churn: hoursAgo === 3 ? count : before(hoursAgo) }), found);
  const monthsAgo = (count: number) => (hoursAgo: number) =>
    hoursAgo === 30 * 24 || hoursAgo === 60 * 24 ? count : 0;
  return {
    fires: [
      { name: 'ten subscriptions that end in an hour', past: ended(10) },
      {
        name: 'ten, a month after ten that were found',
        past: ended(
          10,
          (hoursAgo) => (hoursAgo === 30 * 24 ? 10 : 0),
          exampleIncident('churn-spike', 30 * 24),
        ),
      },
    ],
    quiet: [
      { name: 'seven subscriptions', past: ended(7) },
      {
        name: 'eight on the first of a month, as three on one of those before',
        past: ended(8, (hoursAgo) => (hoursAgo === 30 * 24 ? 1 : hoursAgo === 60 * 24 ? 3 : 0)),
      },
      { name: 'twelve on the first of a month, as five on those before', past: ended(12, monthsAgo(5)) },
      { name: 'twenty at the end of a month, as sixteen at those before', past: ended(20, monthsAgo(16)) },
    ],
  };
};
