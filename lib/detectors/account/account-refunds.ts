import { countIn, moneyIn } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { hourSec } from '../../domain/time.ts';
import { defineAccountDetector } from '../define-account.ts';
import { type AccountExamples, exampleIncident, examplePast } from '../examples/example-past.ts';
import { accountJudgement } from '../finding/account-judgement.ts';
import { countRecord } from './count-record.ts';

const knobs = {
  windowHours: 3, //  one person working through a list, or a script that runs wild
  leastCharges: 10, // fewer are an ordinary hour of a support team
  timesLargest: 2, //  of the largest three hours of two months, without the worst incident: 1.3 times is an ordinary record
  leastDays: 14, //    two working weeks must be known before anything is called large
};

export const accountRefunds = defineAccountDetector({
  id: 'account-refunds',
  question: 'Are far more charges being refunded than this account ever refunds at once?',
  certainty: 'unusual',
  nextSteps: [
    'Open the refunds in Stripe and see who or which key made them.',
    'If no one meant to, stop the script or revoke the key: a refund can’t be taken back.',
  ],
  blindSpots: [
    'The first two weeks of an account; and what went wrong then counts as usual for two months.',
    'Few but large refunds: see refund-spike for those of one customer.',
    'Refunds spread over days.',
  ],
  overAfterHours: 24,
  judge: (past) => {
    const until = hourOf(past.nowSec) + 1;
    const from = until - knobs.windowHours;
    const charges = countIn(past, 'refund', from, until);
    if (charges < knobs.leastCharges) return;
    const { largest, days, points } = countRecord(past, 'account-refunds', 'refund', knobs.windowHours);
    const boundary = Math.max(knobs.leastCharges - 1, Math.ceil(knobs.timesLargest * largest) - 1);
    if (days < knobs.leastDays || charges <= boundary) return;
    return accountJudgement({
      sinceSec: from * hourSec,
      page: 'payments',
      severity: charges >= 3 * boundary ? 'critical' : 'high',
      severityReason: `${charges} charges are being paid back, and refunds can’t be undone.`,
      summary: `${charges} charges were refunded within ${knobs.windowHours} hours; usually ${largest === 0 ? 'none is' : `it is at most ${largest}`}.`,
      what: `charges refunded in ${knobs.windowHours} hours`,
      unit: 'charges',
      actual: charges,
      expected: { low: 0, high: boundary },
      typical: largest,
      boundary,
      rule: `At least ${knobs.leastCharges} charges, and ${knobs.timesLargest} times the largest ${knobs.windowHours} hours of the last ${days} days, without the worst incident.`,
      money: moneyIn(past, 'refund', from, until),
      points,
    });
  },
});

export const examples: AccountExamples = () => {
  const refunded = (count: number, before: (hoursAgo: number) => number = () => 0, found = {}) =>
    examplePast((hoursAgo) => ({ refund: hoursAgo === 1 ? count : before(hoursAgo) }), found);
  return {
    fires: [
      { name: 'twelve refunds in an hour', past: refunded(12) },
      {
        name: 'twelve, as many as were found some weeks ago',
        past: refunded(
          12,
          (hoursAgo) => (hoursAgo === 400 ? 12 : 0),
          exampleIncident('account-refunds', 400),
        ),
      },
    ],
    quiet: [
      { name: 'nine refunds in an hour', past: refunded(9) },
      {
        name: 'twelve, where as many that were refunded at once some weeks ago were no incident',
        past: refunded(12, (hoursAgo) => (hoursAgo === 400 ? 12 : 0)),
      },
    ],
  };
};
