import fc from 'fast-check';
import { hourOf } from '../../../../lib/domain/account/hour-counts.ts';
import {
  countBetween,
  counterAt,
  firstKnownHour,
  keptHours,
  noHours,
  withRecountedHours,
} from '../../../../lib/domain/account/hourly-counts.ts';

const now = hourOf(1_766_000_000);
const ago = fc.integer({ min: 0, max: keptHours + 50 });
const counted = fc.array(fc.tuple(ago, fc.integer({ min: 1, max: 9 })), { maxLength: 30 });

function hoursWith(seen: readonly (readonly [ago: number, count: number])[]) {
  const counter = (count: number) => new Map([['active', { count, money: new Map() }] as const]);
  return withRecountedHours(
    noHours,
    new Map(seen.map(([hours, count]) => [now - hours, counter(count)])),
    now,
  );
}

it('adds up whole days and parts of them as it does their hours', () => {
  fc.assert(
    fc.property(counted, ago, ago, (seen, first, last) => {
      const hours = hoursWith(seen);
      let sum = 0;
      for (let hour = now - first; hour < now - last; hour += 1)
        sum += counterAt(hours, 'active', hour).count;
      expect(countBetween(hours, 'active', now - first, now - last)).toBe(sum);
    }),
  );
});

it('knows the first hour of ten weeks in which something happened, or says it is now', () => {
  fc.assert(
    fc.property(counted, (seen) => {
      const hours = hoursWith(seen);
      let first = now - keptHours + 1;
      while (first < now && counterAt(hours, 'active', first).count === 0) first += 1;
      expect(firstKnownHour(hours, now)).toBe(first);
    }),
  );
});
