import { hourOf } from '../../../lib/domain/account/hour-counts.ts';
import { sameHourOfMonth } from '../../../lib/domain/same-hour-of-month.ts';

const hour = (...date: readonly [year: number, month: number, day: number, hour: number]) =>
  hourOf(Date.UTC(...date) / 1000);

it('is the same hour of the same day, across the turn of the year', () => {
  expect(sameHourOfMonth(hour(2026, 3, 15, 7), 1)).toBe(hour(2026, 2, 15, 7));
  expect(sameHourOfMonth(hour(2026, 0, 31, 23), 1)).toBe(hour(2025, 11, 31, 23));
  expect(sameHourOfMonth(hour(2026, 2, 31, 0), 2)).toBe(hour(2026, 0, 31, 0));
});

it('is none where the month has no such day', () => {
  expect(sameHourOfMonth(hour(2026, 2, 29, 7), 1)).toBeUndefined();
  expect(sameHourOfMonth(hour(2026, 4, 31, 7), 1)).toBeUndefined();
});
