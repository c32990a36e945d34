import { monthsBefore } from '../../../lib/domain/months-before.ts';

const at = (text: string) => Date.parse(text) / 1000;

it.each([
  ['2026-11-23T09:30:15Z', 1, '2026-10-23T09:30:15Z'],
  ['2026-03-31T08:00:00Z', 1, '2026-02-28T08:00:00Z'],
  ['2026-01-15T00:00:00Z', 2, '2025-11-15T00:00:00Z'],
  ['2026-11-30T12:00:00Z', -3, '2027-02-28T12:00:00Z'],
  ['2028-02-29T12:00:00Z', 12, '2027-02-28T12:00:00Z'],
])('goes from %s back %i months to %s', (from, months, to) => {
  expect(monthsBefore(at(from), months)).toBe(at(to));
});
