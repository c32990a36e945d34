import fc from 'fast-check';
import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { duplicateCharge } from '../../../../lib/detectors/duplicate/duplicate-charge.ts';
import {
  exampleCharge,
  exampleCreditNote,
  exampleInvoice,
  exampleLine,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import { billedHash } from '../../../../lib/domain/events/billed-hash.ts';
import {
  type BillingEvent,
  type Invoice,
  type InvoiceEvent,
  invoiceEventKinds,
} from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { judgeObservations } from '../../../../lib/domain/record/judge-observations.ts';

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

it('reports a renewal’s second invoice while both are drafts', () => {
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

it('leaves invoices by hand alone, unless they are of exactly the same lines and begun within half an hour', () => {
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

const idsOf = (events: readonly BillingEvent[]) => new Set(findingsOf(events).map(({ id }) => id));

it('is one finding of a job that ran three times, in any order', () => {
  const renewals = [renewal('in_1'), renewal('in_2', 300), renewal('in_3', 600)];
  const byHands = [byHand('in_1', 0), byHand('in_2', 300), byHand('in_3', 600)];
  for (const all of [renewals, byHands]) {
    expect([...idsOf(all)]).toHaveLength(1);
    expect(idsOf(all.toReversed()).size).toBeLessThanOrEqual(2); // the first of a burst can be the last to come
  }
  expect(idsOf(renewals)).toEqual(idsOf(renewals.toReversed()));
});

const draft = (id: string, sec: number, changes: Partial<Invoice> = {}): InvoiceEvent => ({
  ...byHand(id, sec, { status: 'draft', ...changes }),
  kind: 'invoice_drafted',
});
const settled = (id: string, sec: number, afterSec: number): InvoiceEvent => {
  const event = byHand(id, sec, { status: 'paid' });
  return { ...event, kind: 'invoice_paid', occurredAtSec: event.occurredAtSec + afterSec };
};

it('does not count a draft by hand that was left for another', () => {
  expect(findingsOf([draft('in_1', 0), draft('in_2', 600), byHand('in_2', 600)])).toEqual([]);
  const emptied: InvoiceEvent = { ...draft('in_1', 0, { lines: [] }), kind: 'invoice_updated' };
  expect(findingsOf([draft('in_1', 0), emptied, byHand('in_2', 600)])).toEqual([]);
});

it('goes by the work on the first, whenever that was paid', () => {
  const again = [byHand('in_1', 0), settled('in_1', 0, 700), byHand('in_2', 600)];
  expect(findingsOf(again)).toHaveLength(1);
  const paidLater = [byHand('in_1', 0), settled('in_1', 0, 21_600), byHand('in_2', 22_000)];
  expect(findingsOf(paidLater)).toEqual([]);
});

it('leaves instalments and months billed at once alone: they differ by when they are due, or by their period', () => {
  const due = (days: number) => ({ dueAtSec: monthAtSec(1) + days * 86_400 });
  expect(findingsOf([byHand('in_1', 0, due(30)), byHand('in_2', 60, due(60))])).toEqual([]);
  const ofMonth = (month: number) => ({
    lines: [
      exampleLine(month, 4_900, { periodStartSec: monthAtSec(month), periodEndSec: monthAtSec(month + 1) }),
    ],
  });
  expect(findingsOf([byHand('in_1', 0, ofMonth(0)), byHand('in_2', 60, ofMonth(-1))])).toEqual([]);
});

it('is no second finding of a double purchase whose invoices come after their charges', () => {
  const charges = [paidBy('ch_1', 0), paidBy('ch_2', 60)];
  const invoices = [byHand('in_1', 1), byHand('in_2', 61)];
  fc.assert(
    fc.property(fc.shuffledSubarray([...charges, ...invoices], { minLength: 4 }), (events) => {
      expect(idsOf(events).size).toBe(1);
    }),
  );
});

it('is reported again after the one before was credited, and in spite of a small credit', () => {
  const month = 30 * 86_400;
  const pair = [byHand('in_a', -month), byHand('in_b', -month + 60)];
  const [, second] = pair;
  if (second === undefined) throw new Error('no pair');
  const again = [byHand('in_1', 0), byHand('in_2', 60)];
  expect(findingsOf([...pair, ...again])).toHaveLength(1); // it stood: so the customer is billed
  expect(findingsOf([...pair, exampleCreditNote(second.invoice, 4_900), ...again])).toHaveLength(2);
  const goodwill = exampleCreditNote(renewal('in_1').invoice, 100);
  expect(findingsOf([renewal('in_1'), goodwill, renewal('in_2', 300)])).toHaveLength(1);
});

it.each<[string, Partial<Invoice>]>([
  ['a change in the middle of a period', { billingReason: 'subscription_update' }],
  ['usage that passed a threshold', { billingReason: 'subscription_threshold' }],
  ['an invoice by hand of more lines than Stripe sends', { billingReason: 'manual', linesComplete: false }],
  ['an invoice by hand of no lines', { billingReason: 'manual', lines: [] }],
  ['the revision of another', { isRevision: true }],
])('does not know by name what is billed by %s', (_name, changes) => {
  expect(billedHash(exampleInvoice(1, 4_900, changes, 'invoice_finalized'))).toBeUndefined();
});

it('knows an invoice by hand by its final event alone, and by the one that voids it', () => {
  const known = (kind: InvoiceEvent['kind']) =>
    billedHash(exampleInvoice(1, 4_900, { billingReason: 'manual' }, kind)) !== undefined;
  expect(invoiceEventKinds.filter(known)).toEqual(['invoice_finalized', 'invoice_voided']);
});

it('reports what a job bills that runs four times, though there are drafts and many equal invoices', () => {
  const runs = [0, 120, 240, 360].map((sec) => ({ id: `in_${sec}`, sec }));
  const events = [
    ...runs.map(({ id, sec }) => draft(id, sec)),
    ...runs.map(({ id, sec }) => ({ ...byHand(id, sec), occurredAtSec: monthAtSec(1) + sec + 3_600 })),
  ];
  expect(idsOf(events).size).toBeGreaterThan(0);
  const left = [draft('in_left_1', -900_000), draft('in_left_2', -899_000)];
  expect(findingsOf([...left, byHand('in_1', 0), byHand('in_2', 600)])).toHaveLength(1);
});

it('is reported whenever the first was final or edited since', () => {
  const final = (id: string, sec: number, afterSec: number): InvoiceEvent => {
    return { ...byHand(id, sec), occurredAtSec: monthAtSec(1) + sec + afterSec };
  };
  for (const begunSec of [300, 2_400, 3_500, 3_700])
    expect(findingsOf([final('in_1', 0, 3_600), final('in_2', begunSec, 3_600)])).toHaveLength(1);
  const edited: InvoiceEvent = { ...final('in_1', 0, 5_000), kind: 'invoice_updated' };
  expect(findingsOf([final('in_1', 0, 3_600), edited, final('in_2', 4_000, 3_600)])).toHaveLength(1);
});

it('is reported again after a charge of the last time was refunded', () => {
  const month = 30 * 86_400;
  const pair = [byHand('in_a', -month), byHand('in_b', -month + 60)];
  const charges = [paidBy('ch_a', -month + 5_000), paidBy('ch_b', -month + 6_000)];
  const [, second] = charges;
  if (second === undefined) throw new Error('no charge');
  const refunded: BillingEvent = {
    ...second,
    id: 'evt_refunded',
    kind: 'charge_refunded',
    charge: { ...second.charge, amountRefundedMinor: 4_900 },
  };
  const again = [byHand('in_1', 0), byHand('in_2', 60)];
  expect(idsOf([...pair, ...charges, ...again]).size).toBe(1);
  expect(idsOf([...pair, ...charges, refunded, ...again]).size).toBe(2);
});

it('is quiet about credits that are billed so often that chance brings two within minutes', () => {
  const hourly = Array.from({ length: 24 }, (_, n) => byHand(`in_${n}`, n * 108_000));
  expect(findingsOf([...hourly, byHand('in_again', 23 * 108_000 + 1_200)])).toEqual([]);
  expect(findingsOf([...hourly, byHand('in_again', 23 * 108_000 + 20)])).toHaveLength(1);
});

it('reports the second of an order, though a person has called the one of the week before expected', () => {
  const week = 7 * 86_400;
  const orders = [byHand('in_1', -2 * week), byHand('in_2', -week)];
  const learned = orders.reduce((record, event) => judgeAndLearn(event, record, []).record, emptyRecord);
  const judged = judgeObservations(learned, 'invoices', 'in_2', 'expected');
  const { record } = judgeAndLearn(byHand('in_3', 0), judged, []);
  expect(judgeAndLearn(byHand('in_4', 300), record, [duplicateCharge]).findings).toHaveLength(1);
});
