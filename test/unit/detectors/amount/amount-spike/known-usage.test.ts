import { amountSpike } from '../../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { knownUsageMinor } from '../../../../../lib/detectors/amount/amount-spike/known-usage.ts';
import {
  exampleInvoice,
  exampleLine,
  exampleUsageInvoice,
} from '../../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../../lib/domain/record/learn.ts';

/** Seats, and calls beyond them. */
function hybrid(month: number, seatsMinor: number, calls: number, unitMinor = 2) {
  const { lines: usage } = exampleUsageInvoice(month, calls, unitMinor).invoice;
  const seats = exampleLine(month, seatsMinor, { price: 'price_seats', subscriptionItem: 'si_seats' });
  const amountMinor = seatsMinor + calls * unitMinor;
  return exampleInvoice(month, amountMinor, { lines: [seats, ...usage] });
}

const recordOf = (events: readonly BillingEvent[]) =>
  events.reduce((record, event) => learn(event, record).record, emptyRecord);
const halfYear = Array.from({ length: 6 }, (_, month) => hybrid(month, 41_000, 500));
const spikesAt = (event: ReturnType<typeof hybrid>) => amountSpike.judge(event, recordOf(halfYear));

it('leaves the usage of a bill to usage-spike, and no plan or number of seats next to it', () => {
  expect(spikesAt(hybrid(6, 41_000, 600))).toEqual([]);
  expect(spikesAt(hybrid(6, 410_000, 520))).toHaveLength(1);
  expect(spikesAt(hybrid(6, 4_100_000, 0))).toHaveLength(1);
});

it('knows the usage at prices that were paid before, with its share of taxes', () => {
  const record = recordOf(halfYear);
  const usageOf = (unitMinor: number, changes = {}) =>
    knownUsageMinor({ ...hybrid(6, 41_000, 1_000, unitMinor).invoice, ...changes }, record);
  expect(usageOf(2)).toBe(2_000);
  expect(usageOf(2, { subtotalMinor: 43_000, totalMinor: 51_600, amountDueMinor: 51_600 })).toBe(2_400);
  expect(usageOf(20)).toBe(0);
  const paidBy = { pretaxCredits: [{ amountMinor: 2_000, discount: null }], totalMinor: 41_000 };
  expect(usageOf(2, { ...paidBy, amountDueMinor: 41_000 })).toBe(0);
  expect(usageOf(2, { amountDueMinor: 42_000 })).toBe(1_000); // a balance paid the rest
  expect(knownUsageMinor(hybrid(6, 41_000, 1_000).invoice, emptyRecord)).toBe(0);
});

it('is not silenced by a plan that rises after a launch, whose bill was reported for its usage', () => {
  const launch = hybrid(6, 41_000, 200_000);
  expect(amountSpike.judge(hybrid(7, 390_000, 500), recordOf([...halfYear, launch]))).toHaveLength(1);
});

it('judges the money while the usage of a price is new', () => {
  const plain = Array.from({ length: 5 }, (_, month) => hybrid(month, 41_000, 0));
  const begun = recordOf([...plain, hybrid(5, 41_000, 500)]);
  expect(amountSpike.judge(hybrid(6, 41_000, 200_000), begun)).toHaveLength(1);
});

it('knows them also of a bill that is edited after newer ones', () => {
  const late = hybrid(2, 41_000, 500);
  expect(knownUsageMinor(late.invoice, recordOf(halfYear))).toBe(1_000);
});
