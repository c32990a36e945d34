import fc from 'fast-check';
import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import type { Detector } from '../../../../lib/detectors/define.ts';
import { exampleInvoice, exampleLine } from '../../../../lib/detectors/examples/example-events.ts';
import { discountChange } from '../../../../lib/detectors/invoice/discount-change.ts';
import { invoiceArithmetic } from '../../../../lib/detectors/invoice/invoice-arithmetic.ts';
import { negativeInvoice } from '../../../../lib/detectors/invoice/negative-invoice.ts';
import { taxChange } from '../../../../lib/detectors/invoice/tax-change.ts';
import { zeroInvoice } from '../../../../lib/detectors/invoice/zero-invoice.ts';
import type { InvoiceEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';

/** Amounts of a customer's invoices, minor units; only the last is judged. */
const amounts = fc.array(fc.integer({ min: 1_000, max: 1_000_000 }), { minLength: 3, maxLength: 30 });

/** A renewal with one line, in minor units. */
interface Bill {
  readonly amountMinor: number;
  readonly taxMinor?: number;
  readonly discountMinor?: number;
}

function renewal(month: number, { amountMinor, taxMinor, discountMinor }: Bill): InvoiceEvent {
  const discounts = discountMinor === undefined ? [] : [{ amountMinor: discountMinor, discount: 'di_1' }];
  const taxableMinor = amountMinor - (discountMinor ?? 0);
  const tax = {
    amountMinor: taxMinor ?? 0,
    inclusive: false,
    rate: 'txr_1',
    reason: 'standard_rated',
    taxableMinor,
    percentage: null,
  };
  const taxes = taxMinor === undefined ? [] : [tax];
  return exampleInvoice(month, taxableMinor + (taxMinor ?? 0), {
    totalExcludingTaxMinor: taxableMinor,
    subtotalMinor: amountMinor,
    attachedDiscounts: discounts.map(({ discount }) => discount),
    discounts,
    taxes,
    lines: [exampleLine(month, amountMinor, { discounts, taxes })],
  });
}

/** What the detector says of the last of the events, after the others. */
function lastJudged(detector: Detector, events: readonly InvoiceEvent[]) {
  const record = events.slice(0, -1).reduce((before, event) => learn(event, before).record, emptyRecord);
  return events.slice(-1).flatMap((event) => detector.judge(event, record));
}

it('is silent on a customer whose tax and coupon are always the same percentages', () => {
  const percent = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(amounts, percent, percent, (history, taxPercent, couponPercent) => {
      const events = history.map((amountMinor, month) => {
        const discountMinor = Math.round((amountMinor * couponPercent) / 100);
        const taxMinor = Math.round(((amountMinor - discountMinor) * taxPercent) / 100);
        return renewal(month, { amountMinor, taxMinor, discountMinor });
      });
      for (const detector of [taxChange, discountChange, negativeInvoice, zeroInvoice])
        expect(lastJudged(detector, events)).toEqual([]);
    }),
  );
});

it('is silent at the tax it names as its boundary and fires one minor unit beyond, above and below', () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 10, max: 30 }), fc.boolean(), (history, percent, isMore) => {
      const taxed = (taxMinorOf: (amountMinor: number) => number) =>
        history.map((amountMinor, month) => {
          const isLast = month === history.length - 1;
          const taxMinor = isLast ? taxMinorOf(amountMinor) : Math.round((amountMinor * percent) / 100);
          return renewal(month, { amountMinor, taxMinor });
        });
      const [found] = lastJudged(
        taxChange,
        taxed((amountMinor) => (isMore ? amountMinor : 1)),
      );
      const boundary = found?.boundary ?? Number.NaN;
      const beyond = boundary + (isMore ? 1 : -1);
      expect(
        lastJudged(
          taxChange,
          taxed(() => boundary),
        ),
      ).toEqual([]);
      expect(
        lastJudged(
          taxChange,
          taxed(() => beyond),
        ),
      ).toMatchObject([{ actual: beyond, boundary }]);
    }),
  );
});

it('finds a discount that takes nothing, and none that takes one minor unit', () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 6, max: 100 }), (history, percent) => {
      const lastTaking = (lastMinor: number) =>
        history.map((amountMinor, month) => {
          const isLast = month === history.length - 1;
          const discountMinor = isLast ? lastMinor : Math.round((amountMinor * percent) / 100);
          return renewal(month, { amountMinor, discountMinor });
        });
      const found = lastJudged(discountChange, lastTaking(0));
      expect(found).toHaveLength(1);
      expect(lastJudged(discountChange, lastTaking(1))).toEqual([]);
    }),
  );
});

it('finds an invoice of nothing, and none of one minor unit', () => {
  fc.assert(
    fc.property(amounts, (history) => {
      const lastOf = (lastMinor: number) =>
        [...history.slice(0, -1), lastMinor].map((amountMinor, month) => renewal(month, { amountMinor }));
      const found = lastJudged(zeroInvoice, lastOf(0));
      expect(found).toHaveLength(1);
      expect(lastJudged(zeroInvoice, lastOf(1))).toEqual([]);
    }),
  );
});

it('finds a negative invoice at one minor unit, unless the rest is not negative without its prorations', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -100_000, max: 100_000 }),
      fc.nat({ max: 100_000 }),
      (restMinor, creditMinor) => {
        const totalMinor = restMinor - creditMinor;
        const credit = exampleLine(1, -creditMinor, { proration: true });
        const event = exampleInvoice(0, Math.max(0, totalMinor), {
          totalMinor,
          totalExcludingTaxMinor: totalMinor,
          lines: [exampleLine(0, restMinor), credit],
        });
        expect(negativeInvoice.judge(event, emptyRecord)).toHaveLength(restMinor < 0 ? 1 : 0);
      },
    ),
  );
});

it('is reported next to a total that is wrong by itself', () => {
  const events = [0, 1, 2, 3].map((month) => renewal(month, { amountMinor: 10_000, taxMinor: 2_000 }));
  const doubled = renewal(4, { amountMinor: 10_000, taxMinor: 4_000 });
  expect(lastJudged(taxChange, [...events, doubled])).toHaveLength(1);
  const broken = { ...doubled, invoice: { ...doubled.invoice, totalMinor: 13_000 } };
  const record = events.reduce((before, event) => learn(event, before).record, emptyRecord);
  const { findings } = judgeAndLearn(broken, record, [taxChange, invoiceArithmetic]);
  expect(findings.map(({ detector }) => detector)).toEqual(['tax-change', 'invoice-arithmetic']); // two faults
});
