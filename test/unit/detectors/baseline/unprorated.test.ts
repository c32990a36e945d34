import { amountSpike } from '../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { decimalShift } from '../../../../lib/detectors/amount/decimal-shift.ts';
import { unprorated } from '../../../../lib/detectors/baseline/unprorated.ts';
import {
  exampleInvoice,
  exampleLine,
  exampleSubscription,
} from '../../../../lib/detectors/examples/example-events.ts';
import type {
  BillingEvent,
  Invoice,
  InvoiceEvent,
  InvoiceLine,
} from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';

/** A renewal, and what changes in the middle of the month before come to. */
function prorated(
  month: number,
  renewalMinor: number,
  changes: readonly number[],
  line: Partial<InvoiceLine> = {},
) {
  const lines = [
    exampleLine(month, renewalMinor, line),
    ...changes.map((amountMinor) => exampleLine(month - 1, amountMinor, { proration: true })),
  ];
  const amountMinor = changes.reduce((sum, change) => sum + change, renewalMinor);
  const subtotalMinor = amountMinor;
  return exampleInvoice(month, Math.max(0, amountMinor), { totalMinor: amountMinor, subtotalMinor, lines });
}

/** The bill of a change, written at once. */
function billOfChange(month: number, amountMinor: number, changes: Partial<Invoice> = {}): InvoiceEvent {
  return exampleInvoice(month, amountMinor, {
    billingReason: 'subscription_update',
    lines: [exampleLine(month, amountMinor, { proration: true })],
    ...changes,
  });
}

const recordOf = (events: readonly BillingEvent[]) =>
  events.reduce((record, event) => learn(event, record).record, emptyRecord);
const spikeAt = (history: readonly BillingEvent[], event: BillingEvent) =>
  amountSpike.judge(event, recordOf(history));
const small = Array.from({ length: 6 }, (_, month) => exampleInvoice(month, 1_000));

it('takes a dearer plan, and twice the seats a month later, for no spike once their prorations are over', () => {
  const dearer = { price: 'price_max', unitAmountMinor: '7000' };
  const history = [
    ...small,
    exampleSubscription(6, dearer),
    prorated(6, 7_000, [-500, 3_400], { price: 'price_max' }),
    exampleSubscription(7, { ...dearer, quantity: 2 }),
    prorated(7, 14_000, [-350, 700], { price: 'price_max', quantity: '2' }),
  ];
  const next = (seats: number) =>
    prorated(8, 7_000 * seats, [], { price: 'price_max', quantity: String(seats) });
  expect(spikeAt(history, next(2))).toEqual([]);
  expect(spikeAt([...history, exampleSubscription(8, { ...dearer, quantity: 20 })], next(20))).toHaveLength(
    1,
  );
});

it('does not compare the first year’s bill with the bills of earlier changes', () => {
  const changes = [540, 560, 5_600, 530, 550].map((amount, month) => billOfChange(month, amount));
  const year = billOfChange(6, 600_000, { lines: [exampleLine(6, 600_000)] });
  expect(spikeAt(changes, year)).toEqual([]);
  const byHand = changes.map((change, month) => ({
    ...change,
    invoice: { ...change.invoice, lines: [exampleLine(month, change.invoice.amountDueMinor)] },
  }));
  expect(spikeAt(byHand, year)).toHaveLength(1);
});

it('lets taxes and discounts of a proration go with it', () => {
  const taxes = [
    { amountMinor: 152, inclusive: false, rate: 'txr_1', reason: null, taxableMinor: 800, percentage: '19' },
  ];
  const change = exampleLine(6, 1_000, {
    proration: true,
    discounts: [{ amountMinor: 200, discount: 'di_1' }],
    taxes,
  });
  const invoice = exampleInvoice(6, 10_952, { lines: [exampleLine(6, 10_000), change] });
  const { invoices } = recordOf([invoice]);
  expect(invoices.get('unprorated:usd')).toMatchObject([{ value: 10_000 }]);
});

it('knows nothing of a bill that a credit has eaten up', () => {
  const eaten = prorated(6, 4_000, [-9_000]);
  expect(recordOf([eaten]).invoices.get('unprorated:usd')).toMatchObject([{ value: 0 }]);
  const smaller = prorated(6, 4_000, [-1_000]);
  expect(recordOf([smaller]).invoices.get('unprorated:usd')).toMatchObject([{ value: 4_000 }]);
});

it('counts a draft whole again, from which someone has taken the prorations', () => {
  const draft = prorated(6, 4_000, [9_000]);
  const edited = exampleInvoice(6, 20_000, {}, 'invoice_updated');
  for (const events of [
    [draft, edited],
    [edited, draft],
  ]) {
    const record = recordOf(events);
    const amounts = record.invoices.get('recurring:usd:month') ?? [];
    expect(unprorated(amounts, record, 'usd')).toMatchObject([{ value: 20_000 }]);
  }
});

it('takes no hundredth for a slip of the point where a change of plan made it', () => {
  const usual = [exampleInvoice(0, 259_200), exampleInvoice(1, 259_200)];
  const downgrade = prorated(2, 103_680, [-168_480, 67_392]);
  expect(downgrade.invoice.amountDueMinor).toBe(2_592);
  expect(decimalShift.judge(downgrade, recordOf(usual))).toEqual([]);
  expect(decimalShift.judge(exampleInvoice(2, 2_592), recordOf(usual))).toHaveLength(1);
});
