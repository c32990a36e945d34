import fc from 'fast-check';
import { exampleInvoice, exampleLine } from '../../../../lib/detectors/examples/example-events.ts';
import type { Invoice, InvoiceEvent, Tax } from '../../../../lib/domain/events/billing-event.ts';
import { effectiveDiscount, effectiveTaxes } from '../../../../lib/domain/events/effective-rates.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { encodePart } from '../../../../lib/store/record/codec.ts';

const plain: Tax = {
  amountMinor: 200,
  inclusive: false,
  rate: 'txr_1',
  reason: 'standard_rated',
  taxableMinor: 1_000,
  percentage: null,
};
const coupon = { attachedDiscounts: ['di_1'], subtotalMinor: 1_000 };

function invoice(changes: Partial<Invoice>): Invoice {
  return exampleInvoice(0, 1_000, changes).invoice;
}

describe('the taxes taken', () => {
  it('are one for each rate, though an invoice lists it in parts', () => {
    const taxes = [plain, { ...plain, amountMinor: 60, taxableMinor: 300 }, { ...plain, rate: 'txr_2' }];
    expect(effectiveTaxes(invoice({ taxes }))).toEqual([
      { rate: 'txr_1', inclusive: false, takenMinor: 260, ofMinor: 1_300 },
      { rate: 'txr_2', inclusive: false, takenMinor: 200, ofMinor: 1_000 },
    ]);
  });

  it.each<[string, Partial<Tax>]>([
    ['a rate that is not named', { rate: null }],
    ['a taxable amount that is not said', { taxableMinor: null }],
    ['a credit', { amountMinor: -200, taxableMinor: -1_000 }],
    ['nothing taxable', { amountMinor: 0, taxableMinor: 0 }],
    ['a part that is exempt', { reason: 'portion_product_exempt' }],
    ['a zero without a reason', { amountMinor: 0, reason: null }],
  ])('leave out %s', (_name, changes) => {
    expect(effectiveTaxes(invoice({ taxes: [{ ...plain, ...changes }] }))).toEqual([]);
  });

  it('hold a zero of a rate that applies in full', () => {
    expect(effectiveTaxes(invoice({ taxes: [{ ...plain, amountMinor: 0 }] }))).toHaveLength(1);
  });
});

describe('the discount taken', () => {
  it('is that of the discounts attached to the invoice, of its subtotal', () => {
    const discounts = [
      { amountMinor: 150, discount: 'di_1' },
      { amountMinor: 70, discount: 'di_of_a_line' },
    ];
    expect(effectiveDiscount(invoice({ ...coupon, discounts }))).toEqual({ takenMinor: 150, ofMinor: 1_000 });
  });

  it('is nothing where a discount is attached and takes nothing', () => {
    expect(effectiveDiscount(invoice(coupon))).toEqual({ takenMinor: 0, ofMinor: 1_000 });
  });

  it('is that of the other lines next to a proration', () => {
    const ofLine = (amountMinor: number) => ({ discounts: [{ amountMinor, discount: 'di_1' }] });
    const lines = [
      exampleLine(0, 2_000, ofLine(400)),
      exampleLine(0, 500, { proration: true, ...ofLine(300) }),
    ];
    const discounts = [{ amountMinor: 700, discount: 'di_1' }];
    const prorated = { ...coupon, discounts, subtotalMinor: 2_500, lines };
    expect(effectiveDiscount(invoice(prorated))).toEqual({ takenMinor: 400, ofMinor: 2_000 });
    expect(effectiveDiscount(invoice({ ...prorated, linesComplete: false }))).toBeUndefined();
  });

  it.each<[string, Partial<Invoice>]>([
    ['no discount is attached', { attachedDiscounts: [] }],
    ['the event does not say what is attached', { attachedDiscounts: null }],
    ['the event does not say what was taken', { discounts: null }],
    ['there is nothing to take from', { subtotalMinor: 0 }],
    ['all lines are prorations', { lines: [exampleLine(0, 1_000, { proration: true })] }],
    [
      'nothing is taken of the lines next to a proration',
      { lines: [exampleLine(0, 1_000), exampleLine(0, 90, { proration: true })] },
    ],
  ])('is not known where %s', (_name, changes) => {
    expect(effectiveDiscount(invoice({ ...coupon, ...changes }))).toBeUndefined();
  });
});

it('is remembered the same, whatever the order and the repeats of the events', () => {
  const stage = fc.constantFrom<InvoiceEvent['kind']>(
    'invoice_drafted',
    'invoice_finalized',
    'invoice_paid',
    'invoice_voided',
  );
  const event = fc
    .tuple(fc.nat({ max: 9 }), stage, fc.nat({ max: 1_000 }), fc.boolean())
    .map(([month, kind, amountMinor, isVat]) => {
      const taxes = isVat ? [{ ...plain, amountMinor }] : [];
      return exampleInvoice(
        month,
        1_000,
        { ...coupon, taxes, discounts: [{ amountMinor, discount: 'di_1' }] },
        kind,
      );
    });
  const bytesAfter = (events: readonly InvoiceEvent[]) => {
    const record = events.reduce((before, seen) => learn(seen, before).record, emptyRecord);
    return Buffer.from(encodePart(record.invoices)).toString('hex');
  };
  fc.assert(
    fc.property(
      fc
        .array(event, { minLength: 1, maxLength: 30 })
        .chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
      ([events, shuffled]) => {
        expect(bytesAfter([...shuffled, ...events])).toEqual(bytesAfter(events));
      },
    ),
  );
});
