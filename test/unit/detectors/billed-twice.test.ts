import fc from 'fast-check';
import { duplicateCharge } from '../../../lib/detectors/duplicate-charge.ts';
import {
  exampleCharge,
  exampleInvoice,
  exampleLine,
  monthAtSec,
} from '../../../lib/detectors/example-events.ts';
import { billedHash } from '../../../lib/domain/billed-hash.ts';
import type { BillingEvent, Invoice, InvoiceEvent } from '../../../lib/domain/billing-event.ts';
import { emptyRecord } from '../../../lib/domain/customer-record.ts';
import { judgeAndLearn } from '../../../lib/pipeline.ts';

const halfHourSec = 1_800;
const renewal = (id: string, sec = 0, kind: InvoiceEvent['kind'] = 'invoice_drafted') =>
  exampleInvoice(1, 4_900, { id, createdAtSec: monthAtSec(1) + sec }, kind);
/** Final in the moment it is made. */
function byHand(id: string, sec: number, changes: Partial<Invoice> = {}): InvoiceEvent {
  const createdAtSec = monthAtSec(1) + sec;
  const invoice = { id, billingReason: 'manual', subscription: null, createdAtSec, ...changes };
  return { ...exampleInvoice(1, 4_900, invoice, 'invoice_finalized'), occurredAtSec: createdAtSec };
}
const paidBy = (id: string, sec: number) =>
  exampleCharge(1, 4_900, { id, createdAtSec: monthAtSec(1) + sec });

function findingsOf(events: readonly BillingEvent[]) {
  let record = emptyRecord;
  return events.flatMap((event) => {
    const step = judgeAndLearn(event, record, [duplicateCharge]);
    record = step.record;
    return step.findings;
  });
}

it('is one finding, whatever of the two invoices comes first, and never another for their payments', () => {
  const drafts = [renewal('in_1'), renewal('in_2', 300)];
  const rest = [
    renewal('in_1', 0, 'invoice_finalized'),
    paidBy('ch_1', 3_600),
    renewal('in_2', 300, 'invoice_finalized'),
    paidBy('ch_2', 3_900),
  ];
  const arrivals = fc.shuffledSubarray(drafts, { minLength: 2 });
  fc.assert(
    fc.property(arrivals, (first) => {
      const ids = findingsOf([...first, ...rest]).map(({ id }) => id);
      expect(new Set(ids).size).toBe(1);
    }),
  );
});

it('tells a renewal’s second invoice while both are drafts', () => {
  const [found] = findingsOf([renewal('in_1'), renewal('in_2', 300)]);
  expect(found).toMatchObject({ object: 'in_2', atStakeMinor: 4_900, money: { state: 'draft' } });
  expect(found?.summary).toBe(
    'Draft invoice to Acme Ltd of $49.00 bills the same renewal of the same subscription as another one, begun 5 minutes before.',
  );
});

it('knows the second invoice of a renewal after those of three other subscriptions', () => {
  const others = ['a', 'b', 'c'].map((name, n) =>
    exampleInvoice(1, 4_900, {
      id: `in_${name}`,
      subscription: `sub_${name}`,
      createdAtSec: monthAtSec(1) + n,
    }),
  );
  expect(findingsOf([renewal('in_1'), ...others, renewal('in_2', 300)])).toHaveLength(1);
});

it('leaves invoices by hand alone, unless they are of the very same lines and begun within half an hour', () => {
  const line = fc.record({
    amountMinor: fc.integer({ min: 1, max: 3 }),
    quantity: fc.constantFrom('1', '2'),
    description: fc.constantFrom('Workshop', 'Travel'),
  });
  const lines = fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map((some) => some.map((changes) => ({ ...exampleLine(1, 4_900), ...changes })));
  const nameOf = (invoice: Invoice) =>
    JSON.stringify(
      invoice.lines
        .map(({ description, amountMinor, quantity }) => [description, amountMinor, quantity])
        .sort(),
    );
  fc.assert(
    fc.property(
      lines,
      fc.option(lines, { freq: 2 }),
      fc.integer({ min: 0, max: 3 * halfHourSec }),
      (one, another, sec) => {
        const other = another ?? one.toReversed();
        const [first, second] = [byHand('in_1', 0, { lines: one }), byHand('in_2', sec, { lines: other })];
        const isAgain = nameOf(first.invoice) === nameOf(second.invoice) && sec <= halfHourSec;
        expect(findingsOf([first, second])).toHaveLength(isAgain ? 1 : 0);
      },
    ),
  );
});

it('waits until an invoice by hand is final, as the first may be voided until then', () => {
  const draft: InvoiceEvent = { ...byHand('in_2', 600), kind: 'invoice_drafted' };
  const voided: InvoiceEvent = { ...byHand('in_1', 0, { status: 'void' }), kind: 'invoice_voided' };
  expect(findingsOf([byHand('in_1', 0), draft, voided, byHand('in_2', 600)])).toEqual([]);
});

it.each<[string, Partial<Invoice>]>([
  ['a change in the middle of a period', { billingReason: 'subscription_update' }],
  ['usage that passed a threshold', { billingReason: 'subscription_threshold' }],
  ['an invoice by hand of more lines than Stripe tells', { billingReason: 'manual', linesComplete: false }],
  ['an invoice by hand of no lines', { billingReason: 'manual', lines: [] }],
  ['the revision of another', { isRevision: true }],
])('does not know by name what is billed by %s', (_name, changes) => {
  expect(billedHash(exampleInvoice(1, 4_900, changes).invoice)).toBeUndefined();
});
