import {
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  exampleUsageInvoice,
  monthly,
} from '../../../../lib/detectors/examples/example-events.ts';
import { changesNearby } from '../../../../lib/detectors/finding/changes-nearby.ts';
import type {
  BillingEvent,
  Invoice,
  InvoiceEvent,
  InvoiceLine,
} from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';

const after = (events: readonly BillingEvent[]) =>
  events.reduce((record, event) => learn(event, record).record, emptyRecord);
const paid = monthly(exampleInvoice, [41_000, 41_000, 41_000]);
const now = (changes: Partial<Invoice> = {}): InvoiceEvent => exampleInvoice(3, 82_000, changes);
const withLine = (changes: Partial<InvoiceLine>) => now({ lines: [exampleLine(3, 82_000, changes)] });
const coupon = (takenMinor: number): Partial<Invoice> => ({
  attachedDiscounts: ['di_1'],
  discounts: [{ amountMinor: takenMinor, discount: 'di_1' }],
  subtotalMinor: 41_000,
});
const tax = {
  inclusive: false,
  rate: 'txr_1',
  reason: 'standard_rated',
  percentage: '20',
  taxableMinor: 41_000,
};

it('is silent when nothing but the amount is new', () => {
  expect(changesNearby(now(), after([...paid, exampleSubscription(0)]))).toEqual([]);
  expect(changesNearby(now(coupon(8_200)), emptyRecord)).toEqual([]);
});

it('names a change in the middle of a period', () => {
  expect(changesNearby(withLine({ proration: true }), after(paid))).toEqual([
    'Someone changed the subscription in the middle of a period: that comes to $820.00 here.',
  ]);
});

it('names another price and another number of seats than the subscription had', () => {
  const known = after([...paid, exampleSubscription(0)]);
  const plan = { description: '2 × Pro plan (at $410.00 / month)' };
  expect(changesNearby(withLine({ ...plan, price: 'price_other' }), known)).toEqual([
    '“Pro plan” is billed by another price than its subscription had when we last heard of it.',
  ]);
  expect(changesNearby(withLine({ ...plan, quantity: '2' }), known)).toEqual([
    '“Pro plan” is billed 2 times; its subscription said 1 when we last heard of it.',
  ]);
});

it('names a discount that is gone, new or another', () => {
  const discounted = after(paid.with(2, exampleInvoice(2, 32_800, coupon(8_200))));
  expect(changesNearby(now(), discounted)).toEqual([
    'The last invoice had a discount of 20.0%, this one has none.',
  ]);
  expect(changesNearby(now(coupon(8_200)), discounted)).toEqual([]);
  expect(changesNearby(now(coupon(4_100)), discounted)).toEqual([
    'A discount takes 10.0% off; on the last invoice it was 20.0%.',
  ]);
  expect(changesNearby(now(coupon(4_100)), after(paid))).toEqual([
    'A discount takes 10.0% off, the first that we see of this customer.',
  ]);
});

it('names a tax rate and of a meter that are new', () => {
  const taxed = now({ taxes: [{ ...tax, amountMinor: 8_200 }] });
  expect(changesNearby(taxed, after(paid))).toEqual([
    'A tax takes $82.00 by a rate that we have not seen of this customer before.',
  ]);
  expect(
    changesNearby(taxed, after([...paid, exampleInvoice(2, 41_000, { ...taxed.invoice, id: 'in_2' })])),
  ).toEqual([]);
  expect(changesNearby(exampleUsageInvoice(3, 1_000), after(paid))).toEqual([
    '“API calls” is billed to this customer for the first time that we see: $20.00.',
  ]);
});
