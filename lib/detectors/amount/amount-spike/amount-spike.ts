import { defineDetector } from '../../define.ts';
import { remediationSteps } from '../../finding/remediation-steps.ts';
import { judgeAmount } from './judge-amount.ts';
import { stages } from './stages.ts';

const knobs = {
  sigmas: 4, //        robust standard deviations on the log scale, or more where the account's payments ask for it
  warmUp: 5, //        observations; with fewer there is too little history to say, until the account knows its own
  headroom: 1.2, //    times the largest usual amount so far
  setHeadroom: 8, //   the same where seats or plan were set so on the subscription: one digit too many is tenfold
};

export const amountSpike = defineDetector({
  id: 'amount-spike',
  question: 'Is this far above what this customer usually pays?',
  certainty: 'unusual',
  admits: true,
  resolvesBy: 'amount',
  nextSteps: ['Open it in Stripe and compare its lines with the last one.', remediationSteps],
  blindSpots: [
    'A customer’s first payment, and the first five renewals (monthly, annual) in one currency: too little history to say, except for seats beyond those of the subscription.',
    'The first five purchases of a customer, while the account is so young that it does not know what is usual; and then, for a dozen more, less than about a hundred times the usual where they vary much.',
    'Three times the usual of customers whose purchases vary by as much: an honest purchase looks the same.',
    'A rise that takes months: each amount is close to the last ones.',
    'Changes in the middle of a period: someone made them, and whether they were meant the bill does not say.',
    'A wrong plan or number of seats on the subscription itself, up to eight times the largest amount so far, and a wrong plan that several others pay at any price: it looks intended.',
    'A wrong amount of more than eight times the usual that is billed again and again: it is reported once, and when it grows; not at all when it began while there was too little history.',
    'An amount that is too low.',
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized', 'charge_succeeded'],
  yieldsTo: ['decimal-shift', 'discount-change', 'price-drift', 'tax-change', 'usage-spike'],
  stages,
  judge(event, record, context) {
    const judgement = judgeAmount(event, { record, context, knobs });
    return judgement === undefined ? [] : [judgement];
  },
});

export { examples } from './amount-spike-examples.ts';
