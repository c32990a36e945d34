import { amountSpike } from '../../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { atCatalogPricesMinor } from '../../../../../lib/detectors/amount/amount-spike/at-catalog-prices.ts';
import { decimalShift } from '../../../../../lib/detectors/amount/decimal-shift.ts';
import { plainContext } from '../../../../../lib/detectors/context.ts';
import {
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  monthly,
} from '../../../../../lib/detectors/examples/example-events.ts';
import { noCalibration } from '../../../../../lib/domain/account/calibration.ts';
import type { BillingEvent } from '../../../../../lib/domain/events/billing-event.ts';
import { objectHash } from '../../../../../lib/domain/events/object-hash.ts';
import { emptyRecord } from '../../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../../lib/domain/record/learn.ts';

const max = { price: 'price_max', unitAmountMinor: '500000' };
const small = monthly(exampleInvoice, [1_000, 1_000, 1_000, 1_000, 1_000, 1_000]);

/** A bill of so many seats at the dearer plan, which is set on the subscription. */
function upgraded(seats: number, unitMinor = 500_000) {
  const plan = { ...max, unitAmountMinor: String(unitMinor), quantity: seats };
  const before = [
    ...small.slice(0, 5),
    exampleSubscription(4, { price: 'price_small', unitAmountMinor: '1000' }),
    ...small.slice(5),
    exampleSubscription(5.5, plan),
    exampleSubscription(6, plan),
  ];
  const record = before.reduce((known, event) => learn(event, known).record, emptyRecord);
  const amountMinor = seats * unitMinor;
  const line = exampleLine(6, amountMinor, { ...plan, quantity: String(seats) });
  return { record, event: exampleInvoice(6, amountMinor, { lines: [line] }) };
}

function saidOf({ record, event }: ReturnType<typeof upgraded>, shared: readonly string[]) {
  const calibration = { ...noCalibration, prices: shared.map(objectHash) };
  return amountSpike.judge(event, record, { ...plainContext, calibration });
}

it('says nothing of a plan that others pay too, however much dearer', () => {
  expect(saidOf(upgraded(1), ['price_max'])).toEqual([]);
  expect(saidOf(upgraded(8), ['price_max'])).toEqual([]);
});

it('reports a plan that no one else pays', () => {
  expect(saidOf(upgraded(1), [])).toHaveLength(1);
  expect(saidOf(upgraded(1), ['price_other'])).toHaveLength(1);
});

it('reports a digit too many in the seats of a plan that others pay, up to its boundary of eight times those before', () => {
  const [found] = saidOf(upgraded(9), ['price_max']);
  expect(found).toMatchObject({ actual: 4_500_000, boundary: 4_000_000 });
});

it('does not take what others pay as a reason for lines next to it', () => {
  const { record, event } = upgraded(1);
  const own = exampleLine(6, 700_000, { subscriptionItem: null, price: 'price_setup' });
  const invoice = {
    ...event.invoice,
    amountDueMinor: 1_200_000,
    totalMinor: 1_200_000,
    subtotalMinor: 1_200_000,
  };
  const both = { ...event, invoice: { ...invoice, lines: [...invoice.lines, own] } };
  expect(atCatalogPricesMinor(both, record, [], 8, [objectHash('price_max')])).toBe(500_000);
  expect(saidOf({ record, event: both }, ['price_max'])).toHaveLength(1);
});

it('counts taxes with the lines, and what a balance leaves of them alone', () => {
  const { record, event } = upgraded(1);
  const due = (totalMinor: number, amountDueMinor: number) =>
    atCatalogPricesMinor(
      { ...event, invoice: { ...event.invoice, totalMinor, amountDueMinor } },
      record,
      [],
      8,
      [objectHash('price_max')],
    );
  expect([due(600_000, 600_000), due(500_000, 200_000), due(500_000, 900_000), due(0, 0)]).toEqual([
    600_000, 200_000, 500_000, 0,
  ]);
});

it('believes a price of the same digits as the one before, when others pay it', () => {
  const plan = (month: number, price: string, unitAmountMinor: string) =>
    exampleSubscription(month, { price, unitAmountMinor });
  const bill = (month: number, price: string, amountMinor: number) =>
    exampleInvoice(month, amountMinor, { lines: [exampleLine(month, amountMinor, { price })] });
  const before = [
    plan(0, 'price_small', '1500'),
    bill(0, 'price_small', 1_500),
    plan(1, 'price_max', '150000'),
  ];
  const record = before.reduce((known, event) => learn(event, known).record, emptyRecord);
  const saidWith = (prices: readonly number[]) => {
    const context = { ...plainContext, calibration: { ...noCalibration, prices } };
    return decimalShift.judge(bill(1, 'price_max', 150_000), record, context);
  };
  expect(saidWith([])).toMatchObject([{ actual: 150_000, atStakeMinor: 148_500 }]);
  expect(saidWith([objectHash('price_max')])).toEqual([]);
});

/** Seats at one price that others pay, billed month after month, and then a digit too many; after what came before. */
function tooManySeats(before: readonly BillingEvent[], seats = 100) {
  const plan = { price: 'price_max', unitAmountMinor: '5000' };
  const bill = (month: number, quantity: number) => {
    const amountMinor = 5_000 * quantity;
    const line = exampleLine(month, amountMinor, { ...plan, quantity: String(quantity) });
    return exampleInvoice(month, amountMinor, { lines: [line] });
  };
  const months = [1, 2, 3, 4, 5, 6].flatMap((month) => [
    bill(month, 10),
    exampleSubscription(month, { ...plan, quantity: 10 }),
  ]);
  const history = [...before, ...months, exampleSubscription(6.5, { ...plan, quantity: seats })];
  const record = history.reduce((known, event) => learn(event, known).record, emptyRecord);
  return saidOf({ record, event: bill(7, seats) }, ['price_max', 'price_starter']);
}

it('reports ten times the seats of such a plan, also for a customer who once had a cheaper one', () => {
  expect(tooManySeats([])).toHaveLength(1);
  const starter = exampleSubscription(0, { price: 'price_starter', unitAmountMinor: '900' });
  expect(tooManySeats([exampleInvoice(0, 900), starter])).toHaveLength(1);
  expect(tooManySeats([exampleInvoice(0, 900), starter], 400)).toHaveLength(1);
});

it('takes the earlier seats at the earlier price: as many at ten times the price are no digit too many', () => {
  const small = { price: 'price_small', unitAmountMinor: '1000', quantity: 50 };
  const large = { price: 'price_max', unitAmountMinor: '10000', quantity: 50 };
  const bill = (month: number, unitMinor: number, price: string) =>
    exampleInvoice(month, 50 * unitMinor, {
      lines: [
        exampleLine(month, 50 * unitMinor, { price, unitAmountMinor: String(unitMinor), quantity: '50' }),
      ],
    });
  const months = [0, 1, 2, 3, 4, 5].flatMap((month) => [
    bill(month, 1_000, 'price_small'),
    exampleSubscription(month, small),
  ]);
  const history = [...months, exampleSubscription(5.5, large), exampleSubscription(6, large)];
  const record = history.reduce((known, event) => learn(event, known).record, emptyRecord);
  const event = bill(6, 10_000, 'price_max');
  expect(saidOf({ record, event }, ['price_max'])).toEqual([]);
  expect(saidOf({ record, event }, [])).toHaveLength(1);
});
