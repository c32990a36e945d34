import { countIn } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { hourSec } from '../../domain/time.ts';
import { defineAccountDetector } from '../define-account.ts';
import { type AccountExamples, examplePast } from '../examples/example-past.ts';
import { accountJudgement } from '../finding/account-judgement.ts';

const knobs = {
  leastCustomers: 5, // fewer may be single deliveries that had bad luck
  leastShare: 0.5, //   of the customers something happened to meanwhile
  spanHours: 24, //     looked at together
  lookBackHours: 72, // Stripe tries for three days
};

export const webhookLag = defineAccountDetector({
  id: 'webhook-lag',
  question: 'Do Stripe’s webhooks reach us hours late?',
  readers: 'platform',
  certainty: 'unusual',
  basis: 'Stripe’s webhooks usually come within seconds',
  nextSteps: [
    'Ask the platform team what refused the webhooks: Stripe’s dashboard shows its tries under Developers, Webhooks.',
    'Warnings about drafts of that time came too late: look through the invoices that were finalised meanwhile.',
  ],
  blindSpots: [
    'Deliveries that are late by less than an hour.',
    'Events that have not come at all: see webhook-silence, and the certificate of reconcile.',
  ],
  overAfterHours: 72,
  judge: (past) => {
    const until = hourOf(past.nowSec) + 1;
    let from = Math.max(until - knobs.lookBackHours, hourOf(past.listeningSinceSec));
    if (countIn(past, 'late', from, until) === 0) return; // nearly always, and cheap to check
    while (from < until && countIn(past, 'late', from, from + 1) === 0) from += 1;
    for (; from < until; from += 1) {
      let to = Math.min(until, from + knobs.spanHours);
      while (to > from && countIn(past, 'late', to - 1, to) === 0) to -= 1;
      const late = countIn(past, 'late', from, to);
      const active = countIn(past, 'active', from, to);
      const boundary = Math.max(knobs.leastCustomers - 1, Math.ceil(knobs.leastShare * active) - 1);
      if (late <= boundary) continue;
      return accountJudgement({
        sinceSec: from * hourSec,
        page: 'webhooks',
        severity: 'medium',
        severityReason: 'Nothing is lost, but what was found of that time was found too late.',
        summary: `Stripe’s webhooks about ${late} of ${active} customers came an hour or more late.`,
        what: 'customers we heard of an hour or more late',
        unit: 'customers',
        actual: late,
        expected: { low: 0, high: boundary },
        typical: 0,
        boundary,
        rule: `At least ${knobs.leastCustomers} customers, and half of those something happened to between the first and the last of them.`,
        money: [],
        points: [],
      });
    }
    return undefined;
  },
});

export const examples: AccountExamples = () => {
  const late = (count: number) =>
    examplePast((hoursAgo) => ({ late: hoursAgo >= 10 && hoursAgo < 16 ? count : 0 }));
  return {
    fires: [{ name: 'six hours of which all came an hour late or more', past: late(4) }],
    quiet: [
      { name: 'every fourth delivery', past: late(1) },
      {
        name: 'four customers of one hour',
        past: examplePast((hoursAgo) => ({ late: hoursAgo === 10 ? 4 : 0 })),
      },
    ],
  };
};
