import { emptyCertificate } from '../../../../lib/domain/account/certificate.ts';
import type { Alert, Outcome } from '../../../../lib/domain/finding/alert.ts';
import type { DetectorSummary } from '../../../../lib/domain/finding/detector-summary.ts';
import { renderWeekly } from '../../../../lib/message/report/render-weekly.ts';
import { weeklyFigures } from '../../../../lib/message/report/weekly-figures.ts';
import { weekDue } from '../../../../lib/notify/week-due.ts';
import { mailOptions } from '../sample-collections.ts';
import { cardTesting, draftSpike, nowSec } from '../sample-findings.ts';

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
const detectors = ['amount-spike', 'decimal-shift', 'price-drift', 'tax-change'].map(
  (id): DetectorSummary => ({ id, kind: 'event', isOff: id === 'tax-change' }),
);

const key = { account: 'self', livemode: true };
const render = (alerts: readonly Alert[], certificate = emptyCertificate, at = mailOptions) =>
  renderWeekly(key, weeklyFigures(alerts, detectors), certificate, at);

it('counts what became of the alerts and how often they were right', () => {
  const figures = weeklyFigures(week, detectors);
  const { resolved, realErrors, expected, open } = figures;
  expect([resolved, realErrors, expected, open].map(({ length }) => length)).toEqual([1, 3, 1, 1]);
  expect(figures).toMatchObject({ alerts: 6, precision: 0.75, quiet: ['price-drift'], off: ['tax-change'] });
  expect(figures.byDetector.map((some) => [some[0].detector, some.length])).toEqual([
    ['amount-spike', 5],
    ['decimal-shift', 1],
  ]);
});

it('reports it in one email: what became of all, by currency, and what waits for an answer', () => {
  const { subject, text } = render(week);
  expect(subject).toBe('Weekly report: 6 alerts, 3 real errors, 1 still open, 16 Nov 2026 to 23 Nov 2026');
  expect(text).toMatch(/STILL OPEN, WITHOUT AN ANSWER\n[\s\S]*https:\S+\/in_\w+$/m);
  expect(text).toContain('Alerts that were right:  75%: 3 of the 4 you judged');
  expect(text).toMatch(/^Still open: +¥480,000$/m);
  expect(text).toMatch(/^Real errors: +\$7,420\.00 and ¥480,000$/m);
  expect(text).toMatch(/\(amount-spike\): +5: 5 high$/m);
  expect(text).toContain('1 check found nothing: price-drift. Switched off: tax-change.');
});

it('takes no money twice: that of the whole account is its customers’', () => {
  const ofAccount = { ...cardTesting, atStakeMinor: 999_900 };
  expect(render([alert(null, ofAccount)]).text).not.toContain('MONEY AT STAKE');
});

it('says how much of what Stripe made was seen in these days, and since when', () => {
  const before = { fromSec: nowSec - 9 * 86_400, toSec: nowSec - 8 * 86_400, looks: 1, sentIn: 0 };
  const certificate = {
    untilSec: nowSec - 600,
    endpoint: null,
    stretches: [
      { ...before, events: { made: 5, seen: 5 }, objects: { made: 5, seen: 5 } },
      {
        ...before,
        ...{ fromSec: nowSec - 86_400, toSec: nowSec - 600 },
        ...{ events: { made: 4_812, seen: 4_811 }, objects: { made: 912, seen: 912 } },
      },
    ],
  };
  const at = { ...mailOptions, listeningSinceSec: nowSec - 30 * 86_400 };
  expect(render([], certificate, at).text).toContain(
    'BillingWatch saw 4,811 of the 4,812 events and 912 of the 912 invoices, charges, refunds, disputes and credit notes that Stripe lists of these days, as of 14:50 CET on 23 Nov 2026; it has listened since 24 Oct 2026; what',
  );
  expect(render([]).text).toContain('has not compared it with what Stripe lists');
});

it('says so when there was nothing, and claims no precision without an answer', () => {
  const { subject, text } = render([]);
  expect(subject).toContain('no alerts');
  expect(text).toContain('3 checks found nothing');
  expect(text).not.toContain('%');
  expect(render([alert(null)]).text).toContain('no one has judged any yet');
});

it('is due on Mondays from nine on, by the clocks of finance', () => {
  const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour) / 1000;
  expect(weekDue(at(23, 8), 'Europe/Berlin')).toBe('2026-11-23');
  expect(weekDue(at(23, 8), 'UTC')).toBeUndefined();
  expect(weekDue(at(23, 22), 'Europe/Berlin')).toBe('2026-11-23');
  expect(weekDue(at(24, 9), 'Europe/Berlin')).toBeUndefined();
});
