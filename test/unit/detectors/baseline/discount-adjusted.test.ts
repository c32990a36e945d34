import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { amountSpike } from '../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { exampleCharge, exampleInvoice, monthly } from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

/** A tenth of $750 is paid while the coupon is attached. */
const withCoupon = (month: number, amountMinor = 7_500) =>
  exampleInvoice(month, amountMinor, {
    subtotalMinor: amountMinor * 10,
    attachedDiscounts: ['di_1'],
    discounts: [{ amountMinor: amountMinor * 9, discount: 'di_1' }],
  });
const without = (month: number, amountMinor = 75_000) => exampleInvoice(month, amountMinor);

function spikesAt(history: readonly BillingEvent[], event: BillingEvent) {
  const record = history.reduce((before, past) => judgeAndLearn(past, before, []).record, emptyRecord);
  return amountSpike.judge(event, record);
}

const discounted = Array.from({ length: 6 }, (_, month) => withCoupon(month));

it('takes the end of a coupon for no spike, in its first months and later', () => {
  const whole = Array.from({ length: 4 }, (_, index) => without(6 + index));
  for (const [index, invoice] of whole.entries())
    expect(spikesAt([...discounted, ...whole.slice(0, index)], invoice)).toEqual([]);
});

it('takes the end of a coupon for no spike that had three void bills before it', () => {
  const voided = Array.from({ length: 3 }, (_, index) => {
    const { invoice } = withCoupon(6 + index);
    return exampleInvoice(6 + index, 7_500, { ...invoice, status: 'void' }, 'invoice_voided');
  });
  expect(spikesAt([...discounted, ...voided], without(9))).toEqual([]);
});

it('finds ten times the price all the same, and a tenfold amount while the coupon lasts', () => {
  expect(spikesAt(discounted, without(6, 740_000))).toMatchObject([{ typical: 75_000 }]);
  expect(spikesAt(discounted, withCoupon(6, 75_000))).toMatchObject([{ typical: 7_500 }]);
});

it('is quiet while a coupon lasts, also for longer than its shares are remembered', () => {
  const year = Array.from({ length: 12 }, (_, month) => withCoupon(month));
  expect(spikesAt(year, withCoupon(12, 8_000))).toEqual([]);
  expect(spikesAt(year, withCoupon(12, 30_000))).toMatchObject([{ typical: 7_500 }]);
});

it('compares a purchase with purchases, not with what paid for invoices', () => {
  const invoices = Array.from({ length: 6 }, (_, month) => exampleInvoice(month, 2_700));
  const payments = monthly(exampleCharge, [2_700, 2_700, 2_700, 2_700, 2_700, 2_700]);
  expect(spikesAt([...invoices, ...payments], exampleCharge(6, 25_000))).toEqual([]);
  expect(spikesAt(payments, exampleCharge(6, 25_000))).toHaveLength(1);
});
