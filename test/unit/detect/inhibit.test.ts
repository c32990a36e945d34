import { inhibit, type Yielding } from '../../../lib/detect/inhibit.ts';
import { judgeAndLearn } from '../../../lib/detect/pipeline.ts';
import { eventDetectors } from '../../../lib/detectors/registry.ts';
import { type CustomerRecord, emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { examplesOf } from '../../fixtures/examples-of.ts';

/** Every case of every detector, those in which it is silent, too. */
const cases = eventDetectors.flatMap(({ id }) => {
  const { fires, quiet } = examplesOf(id)();
  return [...fires, ...quiet].map(({ history, event }) => ({
    event,
    record: history.reduce(
      (before, past): CustomerRecord => judgeAndLearn(past, before, []).record,
      emptyRecord,
    ),
  }));
});

describe('over every case of every detector', () => {
  it('loses nothing of another detector when one is off', () => {
    for (const { event, record } of cases) {
      const sent = judgeAndLearn(event, record, eventDetectors).findings.map(({ id }) => id);
      for (const { id: off } of eventDetectors) {
        const others = eventDetectors.filter(({ id }) => id !== off);
        const own = judgeAndLearn(event, record, eventDetectors).findings.filter(
          ({ detector }) => detector === off,
        );
        const without = judgeAndLearn(event, record, others).findings.map(({ id }) => id);
        const lost = sent.filter((id) => !without.includes(id) && !own.some((one) => one.id === id));
        expect([off, lost]).toEqual([off, []]);
      }
    }
  });

  it('drops a finding only because of one that is sent', () => {
    let dropped = 0;
    for (const { event, record } of cases) {
      const sent = new Set(
        judgeAndLearn(event, record, eventDetectors).findings.map(({ detector }) => detector),
      );
      for (const detector of eventDetectors) {
        const alone = judgeAndLearn(event, record, [detector]).findings;
        if (alone.length === 0 || sent.has(detector.id)) continue;
        dropped += 1;
        expect(detector.yieldsTo?.some((name) => sent.has(name.split('/')[0] ?? ''))).toBe(true);
      }
    }
    expect(dropped).toBeGreaterThan(0);
  });
});

describe('the table of detectors', () => {
  const yieldsOf = (id: string): readonly string[] =>
    eventDetectors.find((one) => one.id === id)?.yieldsTo ?? [];

  it('names detectors that exist', () => {
    const ids = eventDetectors.map(({ id }) => id);
    expect(
      eventDetectors.flatMap(({ yieldsTo = [] }) =>
        yieldsTo.filter((name) => !ids.includes(name.split('/')[0] ?? '')),
      ),
    ).toEqual([]);
  });

  it('has no circle, in which all would yield', () => {
    const reaches = (from: string, to: string): boolean =>
      yieldsOf(from).some((name) => name.split('/')[0] === to || reaches(name.split('/')[0] ?? '', to));
    expect(eventDetectors.filter(({ id }) => reaches(id, id))).toEqual([]);
  });
});

it('keeps what yields to a finding that is dropped itself', () => {
  const chain: readonly Yielding[] = [
    { id: 'spike', yieldsTo: ['tax'] },
    { id: 'tax', yieldsTo: ['sum'] },
    { id: 'sum' },
  ];
  const found = chain.map(({ id }) => ({ detector: id, about: 'in_1', atStakeMinor: 4_100 }));
  expect(inhibit(found, chain).map(({ detector }) => detector)).toEqual(['spike', 'sum']);
});

it('keeps what a finding about far less money does not explain', () => {
  const [spike, sum] = [
    { detector: 'spike', about: 'in_1', atStakeMinor: 410_000 },
    { detector: 'sum', about: 'in_1 total', atStakeMinor: 1 },
  ];
  const yielding = [{ id: 'spike', yieldsTo: ['sum'] }, { id: 'sum' }];
  expect(inhibit([spike, sum], yielding)).toEqual([spike, sum]);
  expect(inhibit([spike, { ...sum, atStakeMinor: 400_000 }], yielding)).toHaveLength(1);
});

it('yields to the part of a finding that is named, not to another part of its detector', () => {
  const yielding = [{ id: 'drift', yieldsTo: ['sums/line-amounts'] }, { id: 'sums' }];
  const drift = { detector: 'drift', about: 'in_1', atStakeMinor: 449_100 };
  const sum = (part: string) => ({ detector: 'sums', about: `in_1 ${part}`, atStakeMinor: 449_100 });
  expect(inhibit([drift, sum('total')], yielding)).toHaveLength(2);
  expect(inhibit([drift, sum('line-amounts')], yielding)).toEqual([sum('line-amounts')]);
});
