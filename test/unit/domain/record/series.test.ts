import { type Observation, observe } from '../../../../lib/domain/record/series.ts';

const first: Observation = {
  atSec: 100,
  hash: 5,
  value: 900,
  revision: 3,
  voided: false,
  verdict: 'expected',
};
const at = (atSec: number, hash = 5): Observation => ({ ...first, atSec, hash, verdict: 'none' });

describe('an object that is known', () => {
  it.each<readonly [string, Partial<Observation>, boolean]>([
    ['of a later event', { revision: 4 }, true],
    ['of an earlier event', { revision: 2 }, false],
    ['of an earlier event with more', { revision: 2, value: 901 }, false],
    ['of the same event', {}, false],
    ['of one second, with more', { value: 901 }, true],
    ['of one second, with less', { value: 899 }, false],
    ['of one second, void', { voided: true }, true],
    ['of one second, void and less', { voided: true, value: 1 }, true],
  ])('is what the newest event says: %s', (_name, changes, isNews) => {
    const seen = { ...first, ...changes };
    const { series, outcome } = observe([first], seen, 3);
    expect(outcome).toBe(isNews ? 'updated' : 'repeat');
    expect(series.map(({ value, revision, voided }) => ({ value, revision, voided }))).toEqual([
      isNews
        ? { value: seen.value, revision: seen.revision, voided: seen.voided }
        : { value: 900, revision: 3, voided: false },
    ]);
  });

  it('stays void in its second, whatever else was due', () => {
    const known = { ...first, voided: true };
    expect(observe([known], { ...first, value: 901 }, 3).outcome).toBe('repeat');
  });

  it.each([
    ['keeps its verdict', 900, 'expected'],
    ['loses it with another value, of which it was not said', 950, 'none'],
  ])('%s', (_name, value, verdict) => {
    const later = { ...first, value, revision: 4, verdict: 'none' as const };
    expect(observe([first], later, 3).series).toEqual([{ ...later, verdict }]);
  });

  it.each([
    ['hash at another time', at(101)],
    ['time under another hash', at(100, 6)],
  ])('is none of the same %s', (_name, other) => {
    expect(observe([first], other, 3)).toEqual({ series: [first, other], outcome: 'new' });
  });
});

describe('an object that is new', () => {
  const [old, mid, recent] = [at(100), at(200), at(300)];

  it.each([
    ['newest', [old, mid], recent, [old, mid, recent]],
    ['between', [old, recent], mid, [old, mid, recent]],
    ['oldest', [mid, recent], old, [old, mid, recent]],
    ['of a lower hash in the second of another', [old, mid], at(200, 4), [old, at(200, 4), mid]],
    ['of a higher hash in that second', [old, mid], at(200, 6), [old, mid, at(200, 6)]],
  ])('has its place by time, then by hash: the %s', (_name, before, seen, after) => {
    expect(observe(before, seen, 3)).toEqual({ series: after, outcome: 'new' });
  });

  it.each([
    ['a newer one drives the oldest out', at(400), [mid, recent, at(400)], 'new'],
    ['one between does, too', at(250), [mid, at(250), recent], 'new'],
    ['one of the oldest’s second and a higher hash does', at(100, 6), [at(100, 6), mid, recent], 'new'],
    ['one of its second and a lower hash is late', at(100, 4), [old, mid, recent], 'late'],
    ['an older one is late', at(99), [old, mid, recent], 'late'],
  ])('in a full window: %s', (_name, seen, after, outcome) => {
    expect(observe([old, mid, recent], seen, 3)).toEqual({ series: after, outcome });
  });
});
