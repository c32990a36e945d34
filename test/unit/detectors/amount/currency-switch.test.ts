import fc from 'fast-check';
import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { currencySwitch } from '../../../../lib/detectors/amount/currency-switch.ts';
import { exampleCharge, exampleInvoice, monthly } from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

function idsOf(events: readonly BillingEvent[]): readonly string[] {
  const ids: string[] = [];
  let record = emptyRecord;
  for (const event of events) {
    const step = judgeAndLearn(event, record, [currencySwitch]);
    record = step.record;
    ids.push(...step.findings.map(({ id }) => id));
  }
  return ids;
}

const yen = { currency: 'jpy' };
const before = [
  ...monthly(exampleInvoice, [900, 900, 900, 900]),
  ...monthly(exampleCharge, [900, 900, 900, 900]),
];

it('is one finding, of the draft, the invoice, the charge and the next ones in the new currency', () => {
  const switched = [
    exampleInvoice(5, 900, yen),
    exampleInvoice(5, 900, yen, 'invoice_finalized'),
    exampleCharge(5, 900, yen),
    exampleInvoice(6, 900, yen),
    exampleCharge(6, 900, yen),
  ];
  const order = fc.shuffledSubarray(switched, { minLength: switched.length });
  fc.assert(fc.property(order, (events) => expect(new Set(idsOf([...before, ...events])).size).toBe(1)));
});

it('is quiet with customers who use several currencies, whatever they buy', () => {
  const purchases = fc.array(fc.constantFrom('usd', 'jpy', 'eur'), { maxLength: 40 });
  fc.assert(
    fc.property(purchases, (currencies) => {
      const known = ['usd', 'jpy', 'eur', ...currencies];
      expect(idsOf(known.map((currency, month) => exampleCharge(month, 900, { currency })))).toEqual([]);
    }),
  );
});
