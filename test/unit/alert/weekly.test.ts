import { isWeeklyTime } from '../../../lib/alert/is-weekly-time.ts';
import { renderWeekly } from '../../../lib/alert/render-weekly.ts';
import { weeklyFigures } from '../../../lib/alert/weekly-figures.ts';
import type { Alert, Outcome } from '../../../lib/domain/alert.ts';
import { draftSpike, nowSec, options } from './sample-findings.ts';

function alert(
  kind: 'resolved' | 'expected' | 'error' | null,
  changes: Partial<Alert['finding']> = {},
): Alert {
  const outcome: Outcome | null =
    kind === null
      ? null
      : kind === 'resolved'
        ? { kind, reason: 'Void.', atSec: nowSec }
        : { kind, atSec: nowSec };
  return { finding: { ...draftSpike, ...changes }, filedAtSec: nowSec, mailedAtSec: nowSec, outcome };
}

const inYen = { money: { ...draftSpike.money, currency: 'jpy' }, atStakeMinor: 480_000 };
const week = [
  alert('error'),
  alert('error', { ...inYen, severity: 'critical', detector: 'decimal-shift' }),
  alert('error'),
  alert('expected'),
  alert('resolved'),
  alert(null, inYen),
];
const detectors = ['amount-spike', 'decimal-shift', 'price-drift'];

it('counts what became of the alerts, how often they were right, and what each currency has at stake', () => {
  const figures = weeklyFigures(week, detectors);
  expect(figures).toMatchObject({
    alerts: 6,
    resolved: 1,
    realErrors: 3,
    expected: 1,
    open: 1,
    precision: 0.75,
  });
  expect(Object.fromEntries(figures.atStake)).toEqual({ usd: 742_000, jpy: 960_000 });
  expect(figures.byDetector).toEqual([
    ['amount-spike', 5],
    ['decimal-shift', 1],
  ]);
  expect(figures.quiet).toEqual(['price-drift']);
});

it('tells it in one email, the same in text and in HTML', () => {
  const { subject, text, html } = renderWeekly(
    { account: 'self', livemode: true },
    weeklyFigures(week, detectors),
    options,
  );
  expect(subject).toBe('BillingWatch, 16 Nov 2026 to 23 Nov 2026: 6 alerts, 3 of them real errors');
  for (const part of [text, html]) {
    expect(part).toContain('75%: 3 of the 4 you judged');
    expect(part).toContain('$7,420.00');
    expect(part).toContain('¥960,000');
    expect(part).toContain('Said nothing: price-drift.');
  }
});

it('says so when there was nothing, and claims no precision that nobody judged', () => {
  const { subject, text } = renderWeekly(
    { account: 'self', livemode: true },
    weeklyFigures([], detectors),
    options,
  );
  expect(subject).toContain('no alerts');
  expect(text).not.toContain('%');
});

it('is due on Mondays from nine on, by the clocks of finance', () => {
  const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour) / 1000;
  expect(isWeeklyTime(at(23, 8), 'Europe/Berlin')).toBe(true);
  expect(isWeeklyTime(at(23, 8), 'UTC')).toBe(false);
  expect(isWeeklyTime(at(23, 22), 'Europe/Berlin')).toBe(true);
  expect(isWeeklyTime(at(24, 9), 'Europe/Berlin')).toBe(false);
});
