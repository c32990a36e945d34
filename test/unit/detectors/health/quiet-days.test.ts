import { daySec, startSec, sweepLife, day as usualDay } from '../../../fixtures/lives/account-life.ts';
import { type MonthlyAccount, monthlyRenewals } from '../../../fixtures/lives/monthly-renewals.ts';

jest.setTimeout(120_000);

const hourSec = 3600;
const plain: MonthlyAccount = {
  seed: 1,
  customers: 650,
  days: [1, 25],
  hours: [0, 24],
  declinedPercent: 0,
  growth: 0,
  startMonth: 0,
  months: 12,
};

/** Up to the end of its last month. */
function found(account: MonthlyAccount, isLost = (_atSec: number) => false) {
  const life = monthlyRenewals(account).filter(({ atSec }) => !isLost(atSec));
  const endSec = Date.UTC(2026, account.startMonth + account.months, 1) / 1000;
  return sweepLife(life, endSec - hourSec);
}

const quietYears: readonly (readonly [string, Partial<MonthlyAccount>])[] = [
  ['120 customers on the days 1 to 20', { customers: 120, days: [1, 20] }],
  [
    '120 customers on the days 1 to 20, some of them declined',
    { customers: 120, days: [1, 20], declinedPercent: 8 },
  ],
  ['300 customers on the days 1 to 25', { customers: 300, seed: 2 }],
  ['300 customers who sign up by day, some declined', { customers: 300, hours: [8, 20], declinedPercent: 8 }],
  ['650 customers on the days 1 to 25, some declined', { declinedPercent: 8, seed: 3 }],
  ['650 customers on the days 1 to 27, from September', { days: [1, 27], startMonth: 8 }],
  ['650 customers on the days 5 to 28, from February', { days: [5, 28], startMonth: 1, months: 6 }],
  ['2,000 customers and half as many again in a year', { customers: 2_000, growth: 50, declinedPercent: 8 }],
  ['2,000 customers on the days 1 to 28', { customers: 2_000, days: [1, 28], seed: 2 }],
];

it.each(quietYears)('says nothing of the quiet days of each month in the year of %s', (_name, changes) => {
  expect(
    found({ ...plain, ...changes }).map(
      ({ summary, atSec }) => `${new Date(atSec * 1000).toISOString()} ${summary}`,
    ),
  ).toEqual([]);
});

it.each([1, 2, 3])(
  'finds an outage on busy days within hours, whatever the quiet days before (seed %i)',
  (seed) => {
    const fromSec = Date.UTC(2026, 5, 16, 9) / 1000;
    const isLost = (atSec: number) => atSec >= fromSec && atSec < fromSec + 72 * hourSec;
    const account = { ...plain, seed, customers: 2_000, months: 6 };
    for (const days of [
      [1, 25],
      [1, 31],
    ] as const) {
      const [first] = found({ ...account, days }, isLost);
      expect(first).toMatchObject({ detector: 'webhook-silence', severity: 'critical' });
      expect(first?.atSec).toBeGreaterThanOrEqual(fromSec);
      expect(first?.atSec).toBeLessThan(fromSec + 8 * hourSec);
    }
  },
);

it('is as quick as before where payments come on every day, closed weekends among them', () => {
  const weeks = Array.from({ length: 126 }, (_, index) =>
    usualDay(startSec + index * daySec, (hour) => (index % 7 >= 5 || hour < 8 || hour >= 20 ? 0 : 4)),
  ).flat();
  const fromSec = startSec + 119 * daySec + 10 * hourSec; // Monday, 4 May: in April the 4th was a closed Saturday
  const life = weeks.filter(({ atSec }) => atSec < fromSec || atSec >= fromSec + 5 * hourSec);
  const reported = sweepLife(life).map(({ detector, expected, atSec }) => [
    detector,
    expected.high,
    (atSec - fromSec) / hourSec,
  ]);
  expect(reported).toEqual([['webhook-silence', 20, 8 - 1 / hourSec]]); // two hours after business continued
});
