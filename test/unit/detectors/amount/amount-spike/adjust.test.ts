import { comparedWith, unadjusted } from '../../../../../lib/detectors/amount/amount-spike/adjust.ts';
import { stages } from '../../../../../lib/detectors/amount/amount-spike/stages.ts';
import { subjectOf } from '../../../../../lib/detectors/amount/amount-spike/subject.ts';
import { amountsBefore, chargesBefore } from '../../../../../lib/detectors/baseline/comparable-amounts.ts';
import { countedIn } from '../../../../../lib/detectors/baseline/expected-range.ts';
import { plainContext } from '../../../../../lib/detectors/context.ts';
import { eventDetectors } from '../../../../../lib/detectors/registry.ts';
import { runStage } from '../../../../../lib/detectors/run-stage.ts';
import { emptyRecord } from '../../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../../lib/domain/record/learn.ts';
import { examplesOf } from '../../../../fixtures/examples-of.ts';

const knobs = { sigmas: 4, warmUp: 5, headroom: 1.2, setHeadroom: 8 };
const stage = { detector: 'amount-spike', name: 'adjust', rules: stages.adjust, words: () => [] };
const cases = eventDetectors.flatMap(({ id }) => Object.values(examplesOf(id)()).flat());

it('compares with the amounts that calibration and the other detectors compare with', () => {
  let compared = 0;
  for (const { history, event } of cases) {
    if (!('charge' in event) && !('invoice' in event)) continue;
    const record = history.reduce((before, past) => learn(past, before).record, emptyRecord);
    const subject = subjectOf(event, { record, context: plainContext, knobs });
    const own = comparedWith(runStage(stage, unadjusted(subject), subject, plainContext), subject);
    const shared =
      'charge' in event
        ? countedIn(chargesBefore(record, event.charge.currency, subject.object))
        : amountsBefore(event, record, knobs.warmUp);
    expect(own).toEqual(shared);
    compared += own.length;
  }
  expect(compared).toBeGreaterThan(100);
});
