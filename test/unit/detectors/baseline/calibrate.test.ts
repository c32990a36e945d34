import { amountSpike } from '../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { calibrate } from '../../../../lib/detectors/baseline/calibrate.ts';
import { exampleUsageInvoice } from '../../../../lib/detectors/examples/example-events.ts';
import { defaultSettings } from '../../../../lib/detectors/settings.ts';
import type { AccountFact } from '../../../../lib/domain/account/account-facts-of.ts';
import { noCalibration } from '../../../../lib/domain/account/calibration.ts';
import { packScore } from '../../../../lib/domain/account/score.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { live } from '../../../fixtures/lives/calibrated-life.ts';
import { purchase, shopPurchases, shopStartSec } from '../../../fixtures/shop.ts';

const daySec = 86_400;
const days = 200;
const endSec = shopStartSec + days * daySec;
const habits = { customers: 500, between: 0.7, within: 0.6, purchasesEach: 8, joiningDays: days };
const purchases = shopPurchases(1, habits).filter(({ occurredAtSec }) => occurredAtSec < endSec);
const shop = live(purchases);
const months = (purchases.length * 20) / 30;

/** The boundary of the next purchase of a customer who paid these so far, one a month. */
function boundaryAfter(paid: readonly number[], calibration = shop.calibration, settings = defaultSettings) {
  const record = paid
    .map((minor, index) => purchase('cus_new', minor, endSec + index * 30 * daySec))
    .reduce((before, event) => learn(event, before).record, emptyRecord);
  const next = purchase('cus_new', 10 ** 12, endSec + paid.length * 30 * daySec);
  return amountSpike.judge(next, record, { calibration, settings })[0]?.boundary ?? Number.NaN;
}

it('knows the middle payment, and how customers vary', () => {
  const { amount, usage } = shop.calibration;
  expect(usage).toBeNull();
  expect(amount?.centres.usd?.centre).toBeCloseTo(Math.log(5_000), 0);
  expect(amount?.spread).toBeGreaterThan(0.55);
  expect(amount?.spread).toBeLessThan(0.85);
  expect(amount?.months).toBeCloseTo(2 / 3, 1);
});

it('says about as little that is false as was asked for, while it learns and after', () => {
  const asked = Math.ceil((0.5 / 1000) * months * 4);
  expect(shop.findings.length).toBeLessThanOrEqual(asked);
  expect(live(purchases, defaultSettings, noCalibration).findings.length).toBeLessThanOrEqual(asked);
});

it('does not trust the spread that few purchases show, while it is unknown how widely such vary', () => {
  const alone = (count: number) =>
    boundaryAfter([4_000, 6_000, 3_000, 5_000, 4_500].slice(-count), noCalibration);
  const many = Array.from({ length: 6 }, () => [4_000, 6_000, 3_000, 5_000, 4_500]).flat();
  expect(alone(5) / boundaryAfter(many, noCalibration)).toBeGreaterThan(2);
});

it('judges the second payment already, by what the others pay', () => {
  expect(boundaryAfter([4_000], noCalibration)).toBeNaN();
  expect(boundaryAfter([4_000])).toBeGreaterThan(20_000);
  expect(boundaryAfter([4_000])).toBeLessThan(400_000);
});

it('has no opinion of a first payment', () => {
  expect(boundaryAfter([])).toBeNaN();
});

it('lets a customer’s own history speak the more the longer it is', () => {
  const steady = (count: number) => boundaryAfter(Array<number>(count).fill(4_000));
  expect(steady(12)).toBeLessThan(steady(6));
  expect(steady(6)).toBeLessThan(steady(1));
});

it('asks for more where fewer false alerts are wanted', () => {
  const boundaryAt = (falseAlertsPer1000CustomersMonth: number) =>
    boundaryAfter([4_000, 6_000, 3_000, 5_000], shop.calibration, {
      ...defaultSettings,
      falseAlertsPer1000CustomersMonth,
    });
  expect(boundaryAt(0.05)).toBeGreaterThan(boundaryAt(0.5));
  expect(boundaryAt(0.5)).toBeGreaterThan(boundaryAt(5));
});

it('removes what raises all customers: a holiday is no customer’s spike', () => {
  const customers = Array.from({ length: 120 }, (_, index) => `cus_${index}`);
  const everyDay = (days: number, fromDay: number, minor: number) =>
    Array.from({ length: days }, (_, day) =>
      customers.map((customer, index) =>
        purchase(customer, minor + index, shopStartSec + (fromDay + day) * 5 * daySec + index * 600),
      ),
    ).flat();
  const usual = everyDay(12, 0, 5_000);
  const holiday = everyDay(1, 12, 11_000);
  const quiet = live([...usual, ...holiday]).findings.length;
  const loud = live([...usual, ...holiday], defaultSettings, live(usual).calibration).findings.length;
  expect(loud).toBe(120);
  expect(quiet).toBeLessThan(30); // those who come first, before it can be known that all do it
  const one = purchase('cus_0', 11_000, shopStartSec + 12 * 5 * daySec);
  expect(live([...usual, one]).findings).toHaveLength(1);
});

it('takes off of bills of usage, which come a few a day, that all use more this month', () => {
  const usage = (count: number, up: number, daysAgo: number): AccountFact[] =>
    scores(count, 0.1, (index) => up + 0.1 * Math.sin(index), daysAgo * 1_000).map((score, index) => ({
      ...score,
      counter: 'usage',
      currency: '',
      atSec: endSec - (daysAgo + (index % 6)) * daySec,
    }));
  const seen = [...usage(200, 0, 20), ...usage(30, 0.5, 0)];
  const weeks = Map.groupBy(seen, ({ atSec }) => Math.floor(atSec / (7 * daySec)));
  const { usage: known } = calibrate(weeks, endSec);
  expect(known?.shock).toBeCloseTo(0.5, 1);

  const before = [20_000, 22_000, 19_000, 21_000, 20_000, 23_000].map((calls, month) =>
    exampleUsageInvoice(month, calls),
  );
  const record = before.reduce((earlier, event) => learn(event, earlier).record, emptyRecord);
  const boundaryBy = (usage: typeof known) =>
    amountSpike.judge(exampleUsageInvoice(6, 21_000, 20), record, {
      calibration: { ...noCalibration, usage },
      settings: defaultSettings,
    })[0]?.boundary ?? Number.NaN;
  expect(boundaryBy(known) / boundaryBy(null)).toBeCloseTo(Math.exp(0.5), 1);
});

/** Scores of customers who pay once a month, `up` spreads above their usual, on days of their own. */
function scores(count: number, spread: number, up: (index: number) => number, from: number): AccountFact[] {
  return Array.from({ length: count }, (_, index) => ({
    counter: 'amount',
    currency: 'usd',
    hash: from + index,
    atSec: endSec - (index % 60) * daySec,
    value: packScore({ log: 8 + up(index), centre: 8, spread, count: 20, gapDays: 30 }),
  }));
}

it('does not let a few wild customers set the bar for the steady ones', () => {
  const steady = scores(900, 0.05, (index) => 0.05 * Math.sin(index), 1);
  const wild = scores(150, 1, (index) => 3 * Math.sin(index), 10_000);
  const { amount } = calibrate(new Map([[1, [...steady, ...wild]]]), endSec);
  const [, , steadyTail, wildTail] = amount?.tails ?? [];
  expect(steadyTail?.value).toBeLessThan(1);
  expect(wildTail?.value).toBeGreaterThan(1.5);
});

it('does not let errors set the bar', () => {
  const honest = scores(1_000, 0.3, (index) => 0.3 * Math.sin(index), 1);
  const errors = scores(5, 0.3, () => 4.6, 10_000); // a hundred times the usual
  const tailOf = (all: readonly AccountFact[]) => calibrate(new Map([[1, all]]), endSec).amount?.tails[3];
  expect(tailOf([...honest, ...errors])?.value).toBeCloseTo(tailOf(honest)?.value ?? 0, 1);
});

it('says nothing of a population before a hundred months of customers, however often they pay', () => {
  const few = scores(99, 0.3, Math.sin, 1);
  expect(calibrate(new Map([[1, few]]), endSec)).toEqual(noCalibration);
  const oneMore = scores(1, 0.3, Math.sin, 500);
  expect(calibrate(new Map([[1, [...few, ...oneMore]]]), endSec).amount).not.toBeNull();
  const daily = scores(400, 0.3, Math.sin, 1).map((seen) => ({ ...seen, value: seen.value - 29 }));
  expect(calibrate(new Map([[1, daily]]), endSec)).toEqual(noCalibration);
});

it('is plain data that JSON carries', () => {
  expect(JSON.parse(JSON.stringify(shop.calibration))).toEqual(shop.calibration);
});
