import fc from 'fast-check';
import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { amountSpike } from '../../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import {
  exampleCharge,
  exampleInvoice,
  monthAtSec,
  monthly,
} from '../../../../lib/detectors/examples/example-events.ts';
import { paymentMismatch } from '../../../../lib/detectors/payment/payment-mismatch.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../../lib/domain/finding/finding.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

const paidAtSec = monthAtSec(9) + 3600;
const amounts = fc.integer({ min: 1, max: 100_000 });

const paid = (amountMinor: number, id = 'in_9') =>
  exampleInvoice(9, amountMinor, { id, status: 'paid' }, 'invoice_paid');
const finalized = (amountMinor: number) => exampleInvoice(9, amountMinor, {}, 'invoice_finalized');
const charge = (amountMinor: number, id = 'ch_9') =>
  exampleCharge(9, amountMinor, { id, createdAtSec: paidAtSec - 1 });

function found(events: readonly BillingEvent[], detectors = [paymentMismatch]): readonly Finding[] {
  const findings: Finding[] = [];
  let record = emptyRecord;
  for (const event of events) {
    const step = judgeAndLearn(event, record, detectors);
    record = step.record;
    findings.push(...step.findings);
  }
  return findings;
}

it('says one finding of the same name, whichever side comes first, at every amount but the right one', () => {
  fc.assert(
    fc.property(amounts, amounts, (due, taken) => {
      const [first, ...more] = found([paid(due), charge(taken)]);
      const [last] = found([charge(taken), paid(due)]);
      expect(more).toEqual([]);
      expect(last?.id).toBe(first?.id);
      expect(first?.boundary).toBe(due === taken ? undefined : due);
      expect(first?.atStakeMinor).toBe(due === taken ? undefined : Math.abs(due - taken));
    }),
  );
});

it('is quiet at a payment in parts once the last part is in, and at one payment for several invoices', () => {
  fc.assert(
    fc.property(fc.array(amounts, { minLength: 2, maxLength: 5 }), (parts) => {
      const sum = parts.reduce((total, part) => total + part, 0);
      const charges = parts.map((part, n) => charge(part, `ch_${n}`));
      expect(found([...charges, paid(sum)])).toEqual([]);
      const invoices = parts.map((part, n) => paid(part, `in_${n}`));
      expect(found([...invoices, charge(sum)])).toEqual([]);
    }),
  );
});

it('is quiet at more payments in parts than can be added up', () => {
  const charges = Array.from({ length: 13 }, (_, n) => charge(10 + n, `ch_${n}`));
  expect(found([...charges, paid(5)])).toEqual([]);
});

it('leaves a charge that pays an invoice to it: amount-spike says nothing of the same money', () => {
  const usual = monthly(exampleCharge, [900, 900, 900, 900, 900, 900]);
  const both = [amountSpike, paymentMismatch];
  expect(found([...usual, finalized(900), charge(90_100), paid(900)], both)).toMatchObject([
    { detector: 'payment-mismatch' },
  ]);
  expect(found([...usual, paid(900), charge(90_100)], both)).toMatchObject([
    { detector: 'payment-mismatch' },
  ]);
  expect(found([...usual, charge(90_100)], both)).toMatchObject([{ detector: 'amount-spike' }]);
});
