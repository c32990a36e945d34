import fc from 'fast-check';
import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { amountSpike } from '../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { decimalShift } from '../../../../lib/detectors/amount/decimal-shift.ts';
import {
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  monthly,
} from '../../../../lib/detectors/examples/example-events.ts';
import { invoiceArithmetic } from '../../../../lib/detectors/invoice/invoice-arithmetic.ts';
import { priceDrift } from '../../../../lib/detectors/invoice/price-drift.ts';
import type { BillingEvent, InvoiceLine } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';

const recordAfter = (events: readonly BillingEvent[]) =>
  events.reduce((before, event) => learn(event, before).record, emptyRecord);

const renewal = (month: number, amountMinor: number, changes: Partial<InvoiceLine> = {}) =>
  exampleInvoice(month, amountMinor, {
    lines: [exampleLine(month, amountMinor, changes)],
    totalExcludingTaxMinor: null,
  });

const daySec = 86_400;

it('is silent at the price, whatever the seats and the subscription, and at any share of it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 28, max: 31 }),
      fc.integer({ min: 1, max: 31 }),
      (unitMinor, seats, seatsOfItem, daysOfMonth, days) => {
        const record = recordAfter([
          exampleSubscription(0, { unitAmountMinor: String(unitMinor), quantity: seatsOfItem }),
        ]);
        const length = Math.min(days, daysOfMonth);
        const amountMinor = Math.round((unitMinor * seats * length) / daysOfMonth);
        const line = exampleLine(1, 0);
        const event = renewal(1, amountMinor, {
          quantity: String(seats),
          periodEndSec: line.periodStartSec + length * daySec,
        });
        expect(priceDrift.judge(event, record)).toEqual([]);
      },
    ),
  );
});

it('finds every other amount of a whole period that is more than a rounding and a shorter month away', () => {
  const price = fc.integer({ min: 100, max: 1_000_000 });
  const factor = fc.oneof(
    fc.double({ min: 1.02, max: 1_000, noNaN: true }),
    fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  );
  fc.assert(
    fc.property(price, fc.integer({ min: 1, max: 1_000 }), factor, (unitMinor, seats, times) => {
      const record = recordAfter([exampleSubscription(0, { unitAmountMinor: String(unitMinor) })]);
      const amountMinor = Math.max(1, Math.round(unitMinor * seats * times));
      const [found] = priceDrift.judge(renewal(1, amountMinor, { quantity: String(seats) }), record);
      expect(found?.expected).toEqual({ low: unitMinor * seats, high: unitMinor * seats });
      expect(found?.atStakeMinor).toBe(Math.abs(amountMinor - unitMinor * seats));
    }),
  );
});

it('says the worst of several lines, once for the draft and the final invoice', () => {
  const record = recordAfter([exampleSubscription(0)]);
  const lines = [
    exampleLine(1, 50_000),
    exampleLine(1, 410_000, { description: 'Max plan' }),
    exampleLine(1, 41_000),
  ];
  const [draft, ...others] = priceDrift.judge(exampleInvoice(1, 501_000, { lines }), record);
  const final = priceDrift.judge(exampleInvoice(1, 501_000, { lines }, 'invoice_finalized'), record)[0];
  expect(others).toEqual([]);
  expect(draft?.summary).toContain(
    'charges $4,100.00 for "Max plan", but its price is $410.00, which makes $410.00 for 1',
  );
  expect(final?.about).toBe(draft?.about);
});

describe('says it alone', () => {
  const record = recordAfter([...monthly(renewal, Array<number>(8).fill(41_000)), exampleSubscription(7)]);
  const detectors = [amountSpike, decimalShift, invoiceArithmetic, priceDrift];
  const speakers = (event: BillingEvent) =>
    judgeAndLearn(event, record, detectors).findings.map(({ detector }) => detector);

  it.each([
    ['ten times the price', renewal(8, 410_000, { unitAmountMinor: '410000' })],
    ['a hundred times the price', renewal(8, 4_100_000, { unitAmountMinor: '4100000' })],
  ])('%s', (_name, event) => {
    expect(speakers(event)).toEqual(['price-drift']);
  });

  it('but leaves to invoice-arithmetic what the line’s own price contradicts', () => {
    const event = renewal(8, 410_000, { unitAmountMinor: '41000', pricing: 'per_unit' });
    expect(speakers(event)).toContain('invoice-arithmetic');
    expect(speakers(event)).not.toContain('price-drift');
  });
});
