import fc from 'fast-check';
import {
  exampleCharge,
  exampleInvoice,
  exampleLine,
  exampleUsageInvoice,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import {
  emptyRecord,
  maxSeries,
  partNames,
  windowSizes,
} from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { encodePart } from '../../../../lib/store/record/codec.ts';

/** The bytes that DynamoDB would hold. */
function bytesAfter(events: readonly BillingEvent[]): readonly string[] {
  const record = events.reduce((before, event) => learn(event, before).record, emptyRecord);
  return partNames.map((name) => Buffer.from(encodePart(record[name])).toString('hex'));
}

/** An invoice's life: draft, changes of it in any second, final, paid, sometimes void. */
const invoiceLife = (month: number): fc.Arbitrary<readonly BillingEvent[]> =>
  fc
    .tuple(fc.array(fc.nat({ max: 90_000 }), { minLength: 1, maxLength: 4 }), fc.boolean(), fc.boolean())
    .map(([amounts, isMetered, isVoid]) => {
      const make = (amount: number) =>
        isMetered
          ? exampleUsageInvoice(month, amount)
          : exampleInvoice(month, amount, {
              lines: [exampleLine(month, amount, { proration: amount % 2 > 0 })],
            });
      const drafts = amounts.map((amount, step) => {
        const draft = make(amount);
        // Two updates a second: the same second must not make the order matter.
        const occurredAtSec = draft.occurredAtSec + Math.floor(step / 2);
        return {
          ...draft,
          kind: step === 0 ? ('invoice_drafted' as const) : ('invoice_updated' as const),
          occurredAtSec,
        };
      });
      const last = make(amounts.at(-1) ?? 0);
      const final = { ...last, kind: 'invoice_finalized' as const, occurredAtSec: last.occurredAtSec + 3600 };
      const voided = { ...final, kind: 'invoice_voided' as const };
      return isVoid ? [...drafts, final, voided] : [...drafts, final];
    });

const chargeAt = (month: number): fc.Arbitrary<readonly BillingEvent[]> =>
  fc
    .tuple(fc.nat({ max: 90_000 }), fc.constantFrom('usd', 'jpy'))
    .map(([amount, currency]) => [exampleCharge(month, amount, { currency })]);

/** Months, but up to six to a charge, so that windows overflow. */
const months = fc.array(fc.nat({ max: 70 }), { minLength: 1, maxLength: 70 }).map((all) => [...new Set(all)]);
const life: fc.Arbitrary<readonly BillingEvent[]> = months.chain((all) =>
  fc
    .tuple(...all.map((month) => (month % 3 === 0 ? invoiceLife(month) : chargeAt(month))))
    .map((lives) => lives.flat()),
);

it('gives the same bytes for any order and any number of repeats', () => {
  fc.assert(
    fc.property(
      life.chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events], { minLength: events.length }),
          fc.array(fc.nat({ max: events.length - 1 })),
        ),
      ),
      ([events, shuffled, again]) => {
        const repeats = again.flatMap((index) => shuffled.slice(index, index + 1));
        expect(bytesAfter([...repeats, ...shuffled, ...repeats])).toEqual(bytesAfter(events));
      },
    ),
    { numRuns: 300 },
  );
});

it('remembers the newest, and no more than the window', () => {
  const events = Array.from({ length: 200 }, (_, month) => exampleCharge(month, 100 + month));
  const record = events.reduce((before, event) => learn(event, before).record, emptyRecord);
  const values = record.charges.get('charge:usd')?.map(({ value }) => value);
  expect(values).toEqual(
    Array.from({ length: windowSizes.charges }, (_, index) => 100 + 200 - windowSizes.charges + index),
  );
});

it('says of each event whether it was news', () => {
  const first = learn(exampleInvoice(0, 900), emptyRecord);
  const again = learn(exampleInvoice(0, 900), first.record);
  const finalized = learn(exampleInvoice(0, 950, {}, 'invoice_finalized'), again.record);
  const draftAfterAll = learn(exampleInvoice(0, 900), finalized.record);
  expect([first.outcome, again.outcome, finalized.outcome, draftAfterAll.outcome]).toEqual([
    'new',
    'repeat',
    'updated',
    'repeat',
  ]);
});

it('calls an event late when it is older than a full window', () => {
  const events = Array.from({ length: windowSizes.charges }, (_, month) => exampleCharge(month + 1, 900));
  const record = events.reduce((before, event) => learn(event, before).record, emptyRecord);
  const late = learn(exampleCharge(0, 900), record);
  expect(late.outcome).toBe('late');
  expect(late.record).toBe(record);
});

it('holds for as many currencies and prices as a record keeps', () => {
  const currencies = Array.from({ length: maxSeries.charges }, (_, index) => `c${index}`);
  const events = currencies.flatMap((currency, month) => [
    exampleCharge(month, 900, { currency, id: `ch_a${month}` }),
    exampleCharge(month + 50, 950, { currency, id: `ch_b${month}` }),
  ]);
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
      expect(bytesAfter(shuffled)).toEqual(bytesAfter(events));
    }),
    { numRuns: 20 },
  );
});

it('forgets the series that has been quiet longest when a record has too many', () => {
  const currencies = Array.from(
    { length: maxSeries.charges + 8 },
    (_, index) => `c${String(index).padStart(2, '0')}`,
  );
  const events = currencies.map((currency, month) => exampleCharge(month, 900, { currency }));
  const record = events.reduce((before, event) => learn(event, before).record, emptyRecord);
  const kept = currencies.slice(-maxSeries.charges).map((currency) => `charge:${currency}`);
  expect([...record.charges.keys()].sort()).toEqual(kept);
});

it('does not take a void invoice for usual again when it is edited afterwards', () => {
  const voided = exampleInvoice(0, 900, { status: 'void' }, 'invoice_voided');
  const edited = { ...voided, kind: 'invoice_updated' as const, occurredAtSec: voided.occurredAtSec + 1 };
  const record = [voided, edited].reduce((before, event) => learn(event, before).record, emptyRecord);
  expect(record.invoices.get('recurring:usd:month')?.map((observation) => observation.voided)).toEqual([
    true,
  ]);
});
