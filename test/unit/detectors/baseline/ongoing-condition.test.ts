import { amountSpike } from '../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import {
  exampleInvoice,
  exampleLine,
  exampleSubscription,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';

const flat = [41_000, 41_000, 41_000, 41_000, 41_000, 41_000];
const bills = (amounts: readonly number[]) => amounts.map((amount, month) => exampleInvoice(month, amount));
const seats = (month: number, quantity: number) =>
  exampleInvoice(month, 41_000 * quantity, {
    lines: [exampleLine(month, 41_000 * quantity, { quantity: String(quantity) })],
  });

function spikesAt(history: readonly BillingEvent[], event: BillingEvent) {
  const record = history.reduce((before, past) => learn(past, before).record, emptyRecord);
  return amountSpike.judge(event, record);
}

it('reports what grows again with a boundary that holds', () => {
  const history = bills([...flat, 400_000]);
  const [grown] = spikesAt(history, exampleInvoice(7, 900_000));
  expect(grown?.boundary).toBe(480_000);
  expect(spikesAt(history, exampleInvoice(7, 480_000))).toEqual([]);
  expect(spikesAt(history, exampleInvoice(7, 480_001))).toHaveLength(1);
});

it('reports what is far below the reported value, and still too much', () => {
  const [less] = spikesAt(bills([...flat, 4_100_000]), exampleInvoice(7, 410_000));
  expect(less?.boundary).toBeLessThan(410_000);
});

it('reports seats that are still billed after they were removed, as there was no alert when they were set', () => {
  const history = [
    ...bills(flat),
    exampleSubscription(6, { quantity: 7 }),
    seats(6, 7),
    exampleSubscription(7, { quantity: 1 }),
  ];
  expect(spikesAt(history, seats(7, 7))).toHaveLength(1);
});

it('takes nothing for reported that was set step by step', () => {
  const history = [
    ...bills(flat),
    exampleSubscription(6, { quantity: 7 }),
    seats(6, 7),
    exampleSubscription(7, { quantity: 40 }),
    seats(7, 40),
    exampleSubscription(8, { quantity: 1 }),
  ];
  expect(spikesAt(history, seats(8, 40))).toHaveLength(1);
});

it('takes an amount for usual that was billed twice, and not for once', () => {
  const setUp = 509_900;
  const year = [setUp, ...flat];
  expect(spikesAt(bills(year), exampleInvoice(7, setUp))).toHaveLength(1);
  expect(spikesAt(bills([...year, setUp, ...flat]), exampleInvoice(14, setUp))).toEqual([]);
});

it('is quiet of what changed while too little was known to judge it, and reports what is even more', () => {
  const upgraded = bills([1_900, 1_900, 1_900, 1_900, 900_000]);
  expect(spikesAt(upgraded, exampleInvoice(5, 900_000))).toEqual([]);
  expect(spikesAt(upgraded, exampleInvoice(5, 1_300_000))).toHaveLength(1);
});

it('takes bills a unit of rounding apart for one usual amount', () => {
  expect(spikesAt(bills([900, 49_900, 900, 49_902, 900]), exampleInvoice(5, 49_901))).toEqual([]);
  expect(spikesAt(bills([900, 49_900, 900, 49_903, 900]), exampleInvoice(5, 49_901))).toHaveLength(1);
});
