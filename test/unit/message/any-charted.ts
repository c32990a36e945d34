import fc from 'fast-check';
import type { Finding, Measure } from '../../../lib/domain/finding/finding.ts';
import { draftSpike, nowSec } from './sample-findings.ts';

const money = (currency: string): Measure => ({ kind: 'money', currency, what: 'amount due' });
const measure = fc.oneof(
  fc.constantFrom('usd', 'eur', 'jpy', 'kwd', 'isk', 'idr', 'inr', 'vnd', 'xof').map(money),
  fc
    .constantFrom('', 'a day', 'payments')
    .map((unit): Measure => ({ kind: 'quantity', unit, what: 'usage' })),
);
/** Of any size, in one of many currencies: from a cent to hundreds of millions, credits too. */
const value = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 10_000, max: 60_000 }),
  fc.integer({ min: -1_000_000, max: 1_000_000_000 }),
);
const point = fc.record({
  atSec: fc.integer({ min: nowSec - 63_072_000, max: nowSec }),
  value,
  usual: fc.boolean(),
});

/** Findings with a history of any shape. */
export const anyCharted: fc.Arbitrary<Finding> = fc
  .record({
    measure,
    actual: value,
    ends: fc.tuple(value, value),
    points: fc.array(point, { minLength: 1, maxLength: 24 }),
  })
  .map(({ measure, actual, ends, points }) => ({
    ...draftSpike,
    measure,
    actual,
    expected: { low: Math.min(...ends), high: Math.max(...ends) },
    history: { count: points.length, points: points.toSorted((a, b) => a.atSec - b.atSec) },
  }));
