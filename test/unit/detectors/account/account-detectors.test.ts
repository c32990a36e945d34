import { accountDetectors } from '../../../../lib/detectors/registry.ts';
import type { AccountFact } from '../../../../lib/domain/account/account-facts-of.ts';
import { day, daySec, happened, hourSec, startSec, sweepLife } from '../../../fixtures/lives/account-life.ts';

/** 84 days of a shop that is open from 8 to 20, and then a day of its own, and later ones. */
const openHours = (hour: number) => (hour >= 8 && hour < 20 ? 6 : 0);
const usualDays = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => day(startSec + (from + index) * daySec, openHours)).flat();
const usual = usualDays(84);
const todaySec = startSec + 84 * daySec;
const times = (count: number, make: (index: number) => readonly AccountFact[]) =>
  Array.from({ length: count }, (_, index) => make(index)).flat();
const names = (facts: readonly AccountFact[], untilSec?: number) =>
  sweepLife([...usual, ...facts], untilSec).map(({ detector }) => detector);

const noon = todaySec + 12 * hourSec;
const today = usualDays(1, 84);

it.each([
  [
    'failure-rate',
    'twelve cards in ten minutes',
    times(12, (index) => happened('failed', noon + index * 50)),
  ],
  [
    'account-refunds',
    'twelve refunds in an hour',
    times(12, (index) => happened('refund', noon + index * 300)),
  ],
  [
    'dispute-rate',
    'five disputes in a day',
    times(5, (index) => happened('dispute', todaySec + index * 9_000)),
  ],
  [
    'churn-spike',
    'ten cancellations in an hour',
    times(10, (index) => happened('churn', noon + index * 300)),
  ],
])('%s fires once at %s', (id, _what, facts) => {
  expect(names([...today, ...facts, ...usualDays(2, 85)])).toEqual([id]);
});

it.each([
  ['one card tried thirty times', times(30, (index) => happened('failed', noon + index * 30, { hash: 7 }))],
  ['seven declined cards', times(7, (index) => happened('failed', noon + index * 30))],
  ['thirty declined cards over a day', times(30, (index) => happened('failed', todaySec + index * 2_800))],
  ['nine refunds in an hour', times(9, (index) => happened('refund', noon + index * 300))],
  ['one refund delivered ten times', times(10, () => happened('refund', noon, { hash: 7 }))],
  ['three disputes', times(3, (index) => happened('dispute', noon + index * 300))],
  ['five cancellations', times(5, (index) => happened('churn', noon + index * 300))],
  ['a late delivery or two', times(2, (index) => happened('active', noon + index * 300, { value: 600 }))],
])('is quiet at %s', (_what, facts) => {
  expect(names([...today, ...facts, ...usualDays(2, 85)])).toEqual([]);
});

it('is quiet when Stripe tries again, three days later, what was declined in one night', () => {
  const night = (count: number, sec: number) =>
    times(count, (index) => happened('failed', sec + index * 100, { hash: index }));
  const renewed = times(120, (index) => happened('charge', noon + index * 20));
  const retried = night(9, noon + 3 * daySec);
  expect(names([...today, ...renewed, ...night(9, noon), ...usualDays(4, 85), ...retried])).toEqual([]);
  expect(names([...today, ...renewed, ...usualDays(4, 85), ...retried])).toEqual(['failure-rate']);
});

it('is quiet on the days of a month on which fewer renew, as they did the month before', () => {
  const isWeak = (atSec: number) => new Date(atSec * 1000).getUTCDate() >= 29;
  const renewals = Array.from({ length: 150 }, (_, index) =>
    day(startSec + index * daySec, () => 1).filter(
      ({ hash }) => !isWeak(startSec + index * daySec) || hash % 5 === 0,
    ),
  ).flat();
  expect(sweepLife(renewals).map(({ detector }) => detector)).toEqual([]);
});

it('finds webhooks that come hours late', () => {
  const late = today.map((one) => (one.counter === 'active' ? { ...one, value: 300 } : one));
  expect(names([...late, ...usualDays(2, 85)])).toEqual(['webhook-lag']);
});

it('finds an interruption during business hours once it is over, and not a closed day', () => {
  const interrupted = today.filter(({ atSec }) => atSec < noon - 3 * hourSec || atSec >= noon + hourSec);
  expect(names([...interrupted, ...usualDays(1, 85)])).toEqual(['webhook-silence']);
  expect(names(usualDays(2, 85))).toEqual([]);
});

it('finds webhooks that never come again, once, within two business days', () => {
  const found = sweepLife([...usual, ...today], todaySec + 20 * daySec);
  expect(found.map(({ detector }) => detector)).toEqual(['webhook-silence']);
  expect(found[0]?.atSec).toBeLessThan(todaySec + 3 * daySec);
});

it('finds payments that fall to a third while all else continues, once', () => {
  const weak = times(5, (index) => {
    const whole = day(todaySec + index * daySec, openHours);
    let charges = 0;
    return whole.filter(({ counter }) => {
      if (counter !== 'charge') return true;
      charges += 1;
      return charges % 3 === 0;
    });
  });
  expect(names([...weak, ...usualDays(10, 89)])).toEqual(['revenue-drop']);
});

describe('when a season ends', () => {
  /** Ten weeks of twice as much, and then two of the usual. */
  const rate = (times: number) => (hour: number) => (hour % 2 === 0 ? times : 0);
  const weeks = (from: number, count: number, times: number) =>
    Array.from({ length: 7 * count }, (_, index) =>
      day(startSec + (7 * from + index) * daySec, rate(times)),
    ).flat();
  const season = weeks(0, 10, 2);
  /** Hours of the first week after it in which nothing comes: at twice as much sixteen would have, now eight. */
  const lull = { fromSec: startSec + 76 * daySec, toSec: startSec + 76 * daySec + 16 * hourSec };
  const withLull = (facts: readonly AccountFact[]) =>
    facts.filter(({ atSec }) => atSec < lull.fromSec || atSec >= lull.toSec);
  const found = (facts: readonly AccountFact[]) => sweepLife(facts).map(({ detector }) => detector);

  it('expects no more than the week before shows', () => {
    expect(found([...season, ...withLull(weeks(10, 2, 1))])).toEqual([]);
    expect(found([...season, ...withLull(weeks(10, 2, 2))])).toEqual(['webhook-silence']);
  });

  it('does not take a week with a reported problem for the end of a season', () => {
    const broken = weeks(10, 1, 2).filter(({ counter, hash }) => counter !== 'charge' || hash % 5 === 0);
    const again = weeks(11, 1, 2).filter(({ atSec }) => {
      const hours = (atSec - startSec) / hourSec - 77 * 24;
      return hours < 24 || hours >= 40;
    });
    expect(found([...season, ...broken, ...again])).toEqual(['revenue-drop', 'webhook-silence']);
  });
});

it('has each detector once, and a sentence, a rule and a reason for each finding', () => {
  expect(new Set(accountDetectors.map(({ id }) => id)).size).toBe(accountDetectors.length);
  const all = [
    ...times(12, (index) => happened('failed', noon + index * 50)),
    ...times(12, (index) => happened('refund', noon + index * 300)),
    ...times(5, (index) => happened('dispute', noon + index * 900)),
  ];
  for (const finding of sweepLife([...usual, ...today, ...all])) {
    expect(finding.summary).toMatch(/^[\p{Lu}\d].*\.$/su);
    expect(finding.rule).toMatch(/\.$/);
    expect(finding.severityReason).toMatch(/\.$/);
    expect(finding).toMatchObject({ customer: null, eventId: null });
    expect(finding.boundary).toBeLessThan(finding.actual);
  }
});

/** Of one hour on every so many days, by their number. */
const onDays = (counter: 'refund' | 'churn', countOn: (index: number) => number, days: number) =>
  Array.from({ length: days }, (_, index) =>
    times(countOn(index), (nth) => happened(counter, startSec + index * daySec + 10 * hourSec + nth * 60)),
  ).flat();

it('takes what continues for what the account does, and still reports what is far more', () => {
  const refunds = onDays('refund', (index) => (index === 120 ? 90 : index < 60 ? 5 : 12), 125);
  const found = sweepLife([...usualDays(125), ...refunds]).filter(
    ({ detector }) => detector === 'account-refunds',
  );
  expect(found.map(({ atSec }) => Math.floor((atSec - startSec) / daySec))).toEqual([60, 120]);
});

it('reports a mass of endings that comes every month twice at most', () => {
  const ends = onDays('churn', (index) => (index >= 60 && index % 30 === 0 ? 40 : 0), 200);
  const found = sweepLife([...usualDays(200), ...ends]).filter(({ detector }) => detector === 'churn-spike');
  expect(found.map(({ atSec }) => Math.floor((atSec - startSec) / daySec))).toEqual([60, 90]);
});
