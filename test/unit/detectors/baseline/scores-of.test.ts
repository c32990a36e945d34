import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import {
  exampleCharge,
  exampleInvoice,
  exampleUsageInvoice,
  monthly,
} from '../../../../lib/detectors/examples/example-events.ts';
import { unpackScore } from '../../../../lib/domain/account/score.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

const byHand = (month: number, minor: number) => exampleInvoice(month, minor, { billingReason: 'manual' });

function scoresAt(history: readonly BillingEvent[], event: BillingEvent) {
  const record = history.reduce((before, past) => judgeAndLearn(past, before, []).record, emptyRecord);
  const { scores, record: after } = judgeAndLearn(event, record, []);
  return { scores, again: judgeAndLearn(event, record, []).scores, after };
}

it('scores a purchase against those before it, and a retry the same', () => {
  const { scores, again } = scoresAt(monthly(exampleCharge, [4_000, 4_000, 4_000]), exampleCharge(3, 8_000));
  expect(again).toEqual(scores);
  expect(scores).toMatchObject([{ counter: 'amount', currency: 'usd' }]);
  const score = unpackScore(scores[0]?.value ?? 0);
  expect(score).toMatchObject({ count: 3, spread: 0, gapDays: 30 });
  expect(score.log - score.centre).toBeCloseTo(Math.log(2), 1);
});

it('scores an object once, whatever else is sent about it', () => {
  const { after } = scoresAt(monthly(byHand, [4_000, 5_000]), byHand(2, 4_500));
  const finalized = exampleInvoice(2, 4_500, { billingReason: 'manual' }, 'invoice_finalized');
  expect(judgeAndLearn(finalized, after, []).scores).toEqual([]);
  expect(judgeAndLearn(byHand(2, 4_500), after, []).scores).toEqual([]);
});

it('leaves out what a subscription bills, and the charge that pays an invoice', () => {
  const history = monthly(exampleInvoice, [4_000, 4_000]);
  expect(scoresAt(history, exampleInvoice(2, 4_000)).scores).toEqual([]);
  expect(scoresAt(monthly(byHand, [4_000, 5_000]), exampleCharge(1, 5_000)).scores).toEqual([]);
});

it('scores usage by the day, apart from amounts', () => {
  const history = monthly(exampleUsageInvoice, [30_000, 30_000]);
  const { scores } = scoresAt(history, exampleUsageInvoice(2, 30_000));
  expect(scores).toMatchObject([{ counter: 'usage', currency: '' }]);
  expect(unpackScore(scores[0]?.value ?? 0).log).toBeCloseTo(Math.log(1_000_000), 1);
});
