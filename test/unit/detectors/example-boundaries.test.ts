import { judgeAndLearn } from '../../../lib/detect/pipeline.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import type { Example } from '../../../lib/detectors/examples/example-events.ts';
import { eventDetectors } from '../../../lib/detectors/registry.ts';
import { emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { expectBoundary, hasBoundary } from '../../fixtures/boundary/expect-boundary.ts';
import type { Judged } from '../../fixtures/boundary/judged.ts';
import { examplesOf } from '../../fixtures/examples-of.ts';

function judgedAt({ history, event }: Example, detector: Detector): readonly Judged[] {
  const record = history.reduce((before, past) => judgeAndLearn(past, before, []).record, emptyRecord);
  return judgeAndLearn(event, record, [detector]).findings.map((finding) => ({
    event,
    record,
    detector,
    finding,
  }));
}

const firing = eventDetectors.flatMap((detector) => {
  return examplesOf(detector.id)().fires.flatMap((example) =>
    judgedAt(example, detector)
      .filter(hasBoundary)
      .map((judged) => [detector.id, example.name, judged] as const),
  );
});

it.each(firing)('%s is silent at its boundary and fires one unit beyond: %s', (_id, _name, judged) => {
  expectBoundary(judged);
});
