import { invoiceArithmetic } from '../../../../lib/detectors/invoice/invoice-arithmetic.ts';
import type { Judgement } from '../../../../lib/domain/finding/finding.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';
import type { Bill, Shape } from '../../../fixtures/bills/bill.ts';
import { invoiceMutations } from '../../../fixtures/bills/invoice-mutations.ts';
import { brokenLaws } from '../../../fixtures/bills/invoice-oracle.ts';
import { lawfulBill } from '../../../fixtures/bills/lawful-invoices.ts';
import { stripeInvoiceEvent } from '../../../fixtures/bills/stripe-invoice.ts';
import { seeded } from '../../../fixtures/seeded.ts';

const shapes: readonly Shape[] = ['old', 'new', 'mixed'];
const lawful = 100_000;
/** Twelve thousand distinguish the mutations; set more for a nightly run. */
const mutated = Number(process.env.MUTATED_INVOICES ?? 12_000);

function judged(bill: Bill, shape: Shape): readonly Judgement[] {
  const normalized = normalizeEvent(stripeInvoiceEvent(bill, shape), bill.createdAtSec);
  if (normalized.kind !== 'event') throw new Error(`seed ${bill.id}: ${normalized.kind}`);
  return invoiceArithmetic.judge(normalized.event, emptyRecord);
}

function shapeOf(seed: number): Shape {
  return shapes[seed % shapes.length] ?? 'new';
}

describe('invoices that add up', () => {
  it(`is silent on ${lawful} of them, of every lawful kind and shape`, () => {
    for (let seed = 0; seed < lawful; seed += 1) {
      const findings = judged(lawfulBill(seed), shapeOf(seed));
      if (findings.length > 0) throw new Error(`seed ${seed}, ${shapeOf(seed)}: ${findings[0]?.summary}`);
    }
  });

  it('are lawful by the laws themselves', () => {
    for (let seed = 0; seed < mutated; seed += 1) {
      const broken = brokenLaws(lawfulBill(seed), shapeOf(seed));
      if (broken.length > 0) throw new Error(`seed ${seed}: ${broken}`);
    }
  });
});

describe('invoices with something wrong', () => {
  it.each(Object.entries(invoiceMutations))('catches %s wherever it can be detected', (_name, mutate) => {
    let wrong = 0;
    for (let seed = 0; seed < mutated / 10; seed += 1) {
      const bill = mutate(lawfulBill(seed), seeded(~seed));
      const laws = bill === undefined ? [] : brokenLaws(bill, shapeOf(seed));
      if (bill === undefined || laws.length === 0) continue;
      wrong += 1;
      const findings = judged(bill, shapeOf(seed));
      if (findings.length !== 1)
        throw new Error(`seed ${seed}, ${shapeOf(seed)}, ${laws}: ${findings.length}`);
    }
    expect(wrong).toBeGreaterThan(mutated / 1000);
  });
});
