import { countIn, moneyIn } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { hourSec } from '../../domain/time.ts';
import { defineAccountDetector } from '../define-account.ts';
import { type AccountExamples, examplePast } from '../examples/example-past.ts';
import { accountJudgement } from '../finding/account-judgement.ts';
import { meanWords } from '../finding/mean-words.ts';
import { countRecord } from './count-record.ts';

const knobs = {
  leastDisputes: 4, // a day; on a small account two or three are one unhappy customer
  sigmas: 4, //       root-means over the mean of two months: a Poisson count's own scatter
  spare: 2, //        whole disputes on top, as tiny means have no scatter to speak of
};

export const disputeRate = defineAccountDetector({
  id: 'dispute-rate',
  question: 'Are far more payments being disputed in a day than usual?',
  certainty: 'unusual',
  nextSteps: [
    'Look in Stripe for what the disputed payments have in common: a product, a day, a card testing run.',
    'Refund other payments of the same kind before they are disputed too, and answer the disputes in time.',
    'Stay under 0.75% of payments: above it, card networks put an account on a watch list.',
  ],
  blindSpots: [
    'Disputes that grow slowly: the usual grows with them.',
    'The share of payments that are disputed, which card networks watch by the month.',
    'Inquiries, and disputes that a refund has prevented: no money is taken back.',
  ],
  overAfterHours: 48,
  judge: (past) => {
    const until = hourOf(past.nowSec) + 1;
    const from = until - 24;
    const disputes = countIn(past, 'dispute', from, until);
    if (disputes < knobs.leastDisputes) return;
    const { mean, days, points } = countRecord(past, 'dispute-rate', 'dispute', 24);
    const usual = Math.floor(mean + knobs.sigmas * Math.sqrt(mean) + knobs.spare);
    const boundary = Math.max(knobs.leastDisputes - 1, usual);
    if (disputes <= boundary) return;
    return accountJudgement({
      sinceSec: from * hourSec,
      page: 'disputes',
      severity: disputes >= 3 * boundary ? 'critical' : 'high',
      severityReason: `${disputes} disputes in a day; each takes the money back and costs a fee.`,
      summary: `${disputes} payments were disputed within 24 hours; usually ${meanWords(mean, ' a day')}.`,
      what: 'payments disputed in 24 hours',
      unit: 'disputes',
      actual: disputes,
      expected: { low: 0, high: boundary },
      typical: Math.min(boundary, Math.round(mean * 10) / 10),
      boundary,
      rule: `At least ${knobs.leastDisputes}, and more than ${knobs.spare} plus the mean of the last ${days} days and ${knobs.sigmas} times its square root.`,
      money: moneyIn(past, 'dispute', from, until),
      points: points.map(({ atSec, value }) => ({ atSec, value })), // the mean counts every day
    });
  },
});

export const examples: AccountExamples = () => {
  const disputed = (count: number, before: (hoursAgo: number) => number = () => 0) =>
    examplePast((hoursAgo) => ({ dispute: hoursAgo === 5 ? count : before(hoursAgo) }));
  return {
    fires: [{ name: 'five disputes in a day', past: disputed(5) }],
    quiet: [
      { name: 'three disputes in a day', past: disputed(3) },
      {
        name: 'eight, where two a day are usual',
        past: disputed(8, (hoursAgo) => (hoursAgo > 24 && hoursAgo % 12 === 0 ? 1 : 0)),
      },
    ],
  };
};
