import fc from 'fast-check';
import { exampleCharge, exampleInvoice } from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord, partNames } from '../../../../lib/domain/record/customer-record.ts';
import { joinRecords } from '../../../../lib/domain/record/join-records.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { encodePart } from '../../../../lib/store/record/codec.ts';

const after = (events: readonly BillingEvent[]) =>
  events.reduce((record, event) => learn(event, record).record, emptyRecord);

const bytes = (record: ReturnType<typeof after>) =>
  partNames.map((name) => Buffer.from(encodePart(record[name])).toString('hex'));

/** Up to a hundred, so that windows overflow; a month's invoice may be sent several times, with other amounts. */
const events = fc.array(
  fc
    .tuple(fc.nat({ max: 90 }), fc.nat({ max: 9 }), fc.boolean())
    .map(([month, amount, isCharge]) =>
      isCharge
        ? exampleCharge(month, 900)
        : exampleInvoice(month, amount, {}, amount > 4 ? 'invoice_finalized' : 'invoice_drafted'),
    ),
  { maxLength: 100 },
);

it('is what one would know who had learnt the events of both', () => {
  fc.assert(
    fc.property(events, events, (some, others) => {
      expect(bytes(joinRecords(after(some), after(others)))).toEqual(bytes(after([...some, ...others])));
    }),
    { numRuns: 50 },
  );
});

it('stays the same object when there is nothing to add', () => {
  const record = after([exampleInvoice(0, 900), exampleCharge(1, 900), exampleInvoice(2, 900)]);
  expect(joinRecords(record, after([exampleInvoice(2, 900)]))).toBe(record);
});
