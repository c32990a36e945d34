import { detectorFile } from '../../../infra/cli/docs/detector-file.ts';
import { judgeAndLearn } from '../../../lib/detect/pipeline.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import type { Example } from '../../../lib/detectors/examples/example-events.ts';
import { detectorIds, eventDetectors } from '../../../lib/detectors/registry.ts';
import { emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { examplesOf } from '../../fixtures/examples-of.ts';

/** What a detector has to say where all others are asked, too: it may yield to one of them. */
function findingsAt({ history, event }: Example, { id }: Detector) {
  const record = history.reduce((before, past) => judgeAndLearn(past, before, []).record, emptyRecord);
  return judgeAndLearn(event, record, eventDetectors).findings.filter(({ detector }) => detector === id);
}

describe.each(eventDetectors.map((detector) => [detector.id, detector] as const))('%s', (_id, detector) => {
  const { fires, quiet } = examplesOf(detector.id)();

  it.each(fires.map((example) => [example.name, example] as const))('fires at %s', (_name, example) => {
    expect(findingsAt(example, detector)).toHaveLength(1);
  });

  it.each(quiet.map((example) => [example.name, example] as const))('is quiet at %s', (_name, example) => {
    expect(findingsAt(example, detector)).toEqual([]);
  });

  it('has at least one example that fires and two that stay quiet', () => {
    expect(fires.length).toBeGreaterThanOrEqual(1);
    expect(quiet.length).toBeGreaterThanOrEqual(2);
  });

  it('says a sentence, a rule and a reason, and a breakdown that adds up', () => {
    for (const finding of fires.flatMap((example) => findingsAt(example, detector))) {
      expect(finding.summary).toMatch(/^\p{Lu}.*\.$/su);
      expect(finding.rule).toMatch(/\.$/);
      expect(finding.severityReason).toMatch(/\.$/);
      const rows = finding.breakdown?.rows ?? [];
      const sum = rows.reduce((total, row) => total + row.amountMinor, 0);
      expect(sum).toBe(finding.breakdown?.totalMinor ?? 0);
    }
  });

  it('names what it finds the same on every try, though the first try was remembered', () => {
    for (const example of fires) {
      const record = example.history.reduce(
        (before, past) => judgeAndLearn(past, before, []).record,
        emptyRecord,
      );
      const first = judgeAndLearn(example.event, record, [detector]);
      const again = judgeAndLearn(example.event, first.record, [detector]);
      expect(again.record).toEqual(first.record);
      expect(new Set([...first.findings, ...again.findings].map(({ id }) => id)).size).toBe(1);
    }
  });
});

it.each(
  eventDetectors.flatMap((detector) =>
    examplesOf(detector.id)().fires.map((example) => [detector.id, example.name, example] as const),
  ),
)('%s alone speaks at %s', (id, _name, { history, event }) => {
  const record = history.reduce((before, past) => judgeAndLearn(past, before, []).record, emptyRecord);
  expect(judgeAndLearn(event, record, eventDetectors).findings.map(({ detector }) => detector)).toEqual([id]);
});

it('has every detector in the registry under the name of its file, each once', () => {
  for (const id of detectorIds) expect(detectorFile(id)).toMatch(new RegExp(`/${id}\\.ts$`));
  expect(new Set(detectorIds).size).toBe(detectorIds.length);
});
