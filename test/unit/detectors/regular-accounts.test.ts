import fc from 'fast-check';
import type { AccountFact } from '../../../lib/domain/account/account-facts-of.ts';
import { day, daySec, happened, hourSec, startSec, sweepLife } from '../../fixtures/lives/account-life.ts';

const year = Array.from({ length: 365 }, (_, index) => index);

/** Whole numbers that add up to the rate over time, without chance. */
function evenly(rate: number, index: number): number {
  return Math.floor(rate * (index + 1)) - Math.floor(rate * index);
}

it('says nothing of a shop of any size in a year, with growth, weekends, nights, holidays and declines', () => {
  const shops = fc.record({
    perHour: fc.double({ min: 0.05, max: 6, noNaN: true }),
    yearlyGrowth: fc.double({ min: 0.7, max: 3, noNaN: true }),
    weekend: fc.constantFrom(0, 0.3, 1),
    night: fc.constantFrom(0, 0.2, 1),
    declined: fc.double({ min: 0, max: 0.12, noNaN: true }),
    holidays: fc.array(fc.integer({ min: 0, max: 364 }), { maxLength: 4 }),
  });
  const life = fc.property(shops, ({ perHour, yearlyGrowth, weekend, night, declined, holidays }) => {
    // Who closes at night closes on holidays; an account that never sleeps only has less, or its silence would be real.
    const holiday = night === 0 ? 0 : 0.5;
    let hour = 0;
    let payments = 0;
    const facts: AccountFact[] = [];
    for (const index of year) {
      const ofDay = holidays.includes(index) ? holiday : index % 7 >= 5 ? weekend : 1;
      const rate = perHour * yearlyGrowth ** (index / 365) * ofDay;
      for (const inDay of Array.from({ length: 24 }, (_, one) => one)) {
        const count = evenly(rate * (inDay < 8 || inDay >= 20 ? night : 1), hour);
        hour += 1;
        for (let one = 0; one < count; one += 1) {
          payments += 1;
          const atSec = startSec + index * daySec + inDay * hourSec + Math.floor((one * hourSec) / count);
          facts.push(...happened(evenly(declined, payments) > 0 ? 'failed' : 'charge', atSec));
        }
      }
    }
    fc.pre(facts.length > 0);
    expect(
      sweepLife(facts).map(({ detector, summary, atSec }) => [
        detector,
        (atSec - startSec) / daySec,
        summary,
      ]),
    ).toEqual([]);
  });
  fc.assert(life, { numRuns: 5, endOnFailure: true }); // shrinking years takes minutes
});

it('says nothing of subscriptions that all renew in one night of the month, one in ten with a declined card', () => {
  const facts = Array.from({ length: 12 }, (_, month) => {
    const firstSec = Date.UTC(2026, month, 1) / 1000;
    return Array.from({ length: 1_000 }, (_, index) =>
      happened(index % 10 === 0 ? 'failed' : 'charge', firstSec + index * 3, { hash: index }),
    ).flat();
  }).flat();
  expect(sweepLife(facts).map(({ summary }) => summary)).toEqual([]);
});

it('says nothing of perfectly flat revenue at midnight', () => {
  const facts = year.flatMap((index) => day(startSec + index * daySec, () => 1));
  expect(sweepLife(facts)).toEqual([]);
});
