import fc from 'fast-check';
import type { ChargeEvent } from '../../../../lib/domain/events/billing-event.ts';
import { sqsJson } from '../../../../lib/queue/sqs-json.ts';
import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';
import { UnreadableEventError } from '../../../../lib/stripe/event/unreadable-event-error.ts';
import { lawfulBill } from '../../../fixtures/bills/lawful-invoices.ts';
import { stripeInvoiceEvent } from '../../../fixtures/bills/stripe-invoice.ts';
import { draftInvoiceEvent } from '../../../fixtures/stripe-delivery.ts';

const receivedAtSec = 1_780_000_009;

function read(event: unknown) {
  const normalized = normalizeEvent(event, receivedAtSec);
  return normalized.kind === 'event' ? normalized.event : normalized;
}

function chargeEvent(charge: object, type = 'charge.succeeded') {
  const object = { id: 'ch_1', currency: 'usd', amount_captured: 900, created: 1_767_225_600, ...charge };
  return { ...draftInvoiceEvent({ type }), data: { object } };
}

function chargeOf(charge: object): ChargeEvent {
  const event = read(chargeEvent(charge));
  if (event.kind !== 'charge_succeeded') throw new Error(event.kind);
  return event;
}

describe('what comes in', () => {
  it.each([
    ['invoice.created', 'invoice_drafted'],
    ['invoice.updated', 'invoice_updated'],
    ['invoice.finalized', 'invoice_finalized'],
    ['invoice.paid', 'invoice_paid'],
    ['invoice.voided', 'invoice_voided'],
    ['invoice.deleted', 'invoice_voided'],
  ])('%s is %s', (type, kind) => {
    expect(read(draftInvoiceEvent({ type }))).toMatchObject({ kind, invoice: { id: 'in_1' } });
  });

  it('keeps who, when and which version, and never branches on it', () => {
    expect(
      read(draftInvoiceEvent({ account: 'acct_1', livemode: false, api_version: '2019-05-16' })),
    ).toMatchObject({
      id: 'evt_1',
      account: 'acct_1',
      livemode: false,
      customer: 'cus_1',
      occurredAtSec: 1_767_225_600,
      receivedAtSec,
      apiVersion: '2019-05-16',
    });
    expect(read(draftInvoiceEvent())).toMatchObject({ account: 'self' });
  });

  const test = { livemode: false, created: receivedAtSec };
  it.each([
    ['an object of a test clock', test, { test_clock: 'clock_1' }, true],
    ['an object of a test clock that is in the event', test, { test_clock: { id: 'clock_1' } }, true],
    ['an object of none', test, { test_clock: null }, undefined],
    ['a shape that does not say', test, {}, undefined],
    ['test mode, from a time to come', { ...test, created: receivedAtSec + 90_000 }, {}, true],
    [
      'test mode, from before Stripe keeps events',
      { ...test, created: receivedAtSec - 32 * 86_400 },
      {},
      true,
    ],
    [
      'test mode, sent again after some weeks',
      { ...test, created: receivedAtSec - 29 * 86_400 },
      {},
      undefined,
    ],
    [
      'test mode, a clock that goes wrong by hours',
      { ...test, created: receivedAtSec + 40_000 },
      {},
      undefined,
    ],
    [
      'live mode, which has no test clocks',
      { ...test, livemode: true },
      { test_clock: 'clock_1' },
      undefined,
    ],
    ['live mode, from long ago', { livemode: true, created: 1_500_000_000 }, {}, undefined],
  ])('knows simulated time: %s', (_name, envelope, object, isSimulated) => {
    const event = read(draftInvoiceEvent(envelope, object));
    expect('isSimulated' in event ? event.isSimulated : undefined).toBe(isSimulated);
  });

  it.each(['invoice.payment_succeeded', 'customer.created', 'constructor', '__proto__'])(
    'leaves %s alone',
    (type) => {
      expect(read(draftInvoiceEvent({ type }))).toEqual({ kind: 'ignored', type });
    },
  );

  it.each([
    { id: 'evt_1', object: 'v2.core.event', type: 'v1.billing.meter.updated', related_object: null },
    { id: 'evt_1', type: 'invoice.paid', related_object: { id: 'in_1', type: 'invoice' } },
  ])('recognises a thin event: %j', (event) => {
    expect(read(event)).toEqual({ kind: 'thin', type: event.type });
  });

  it.each([
    null,
    7,
    'evt',
    [],
    [1],
    {},
    { id: 'evt_1' },
    { id: 'evt_1', type: 'invoice.paid' },
    { id: 7, type: 'invoice.paid', data: { object: {} } },
    { id: 'evt_1', type: 'invoice.paid', data: { object: [] } },
  ])('rejects what is no event: %j', (event) => {
    expect(read(event)).toEqual({ kind: 'not_an_event' });
  });
});

describe('an event of a type we use without what it needs', () => {
  it.each([
    ['invoice.id', draftInvoiceEvent({}, { id: undefined })],
    ['invoice.currency', draftInvoiceEvent({}, { currency: 'dollars' })],
    ['invoice.created', draftInvoiceEvent({}, { created: '2026' })],
    ['invoice.amount_due', draftInvoiceEvent({}, { amount_due: 2 ** 53 })],
    ['invoice.total', draftInvoiceEvent({}, { total: 1.5 })],
    ['invoice.lines.data', draftInvoiceEvent({}, { lines: { data: [null] } })],
    [
      'invoice.lines.data.amount',
      draftInvoiceEvent({}, { lines: { data: [{ id: 'il_1', period: { start: 1, end: 2 } }] } }),
    ],
    ['livemode', draftInvoiceEvent({ livemode: 'true' })],
    ['created', draftInvoiceEvent({ created: null })],
    ['created', draftInvoiceEvent({ created: -1 })], // no record holds a negative time
    ['created', draftInvoiceEvent({ created: 253_402_300_800 })], // and no email shows the year 10000
    ['invoice.total', draftInvoiceEvent({}, { total: -(10 ** 14) - 1 })],
    ['charge.id', chargeEvent({ id: {} })],
    ['charge.amount_captured', chargeEvent({ amount_captured: '900' })],
  ])('is unreadable at %s, and says so without any value', (path, event) => {
    const message = `Cannot read ${path} of this event; it is set aside in the dead-letter queue.`;
    expect(() => read(event)).toThrow(new UnreadableEventError(path));
    expect(() => read(event)).toThrow(message);
  });
});

it('reads amounts and times up to what a record holds and an email shows, and leaves out what need not be read', () => {
  const most = { amount_due: 10 ** 14, total: -(10 ** 14), created: 253_402_300_799 };
  const beyond = { due_date: 2 ** 53 - 1, subtotal: 2 ** 53 - 1 };
  expect(read(draftInvoiceEvent({ created: 253_402_300_799 }, { ...most, ...beyond }))).toMatchObject({
    occurredAtSec: 253_402_300_799,
    invoice: { amountDueMinor: 10 ** 14, totalMinor: -(10 ** 14), dueAtSec: null, subtotalMinor: null },
  });
});

it.each([
  ['customer.created', 'customer.created'],
  ['v2.core.account[requirements].updated', 'v2.core.account[requirements].updated'],
  ['x'.repeat(121), 'of no known shape'],
  ['Jane Doe <jane@acme.example>', 'of no known shape'],
])('names a type that we do not use by what a log may hold: %s', (type, named) => {
  expect(read(draftInvoiceEvent({ type }))).toEqual({ kind: 'ignored', type: named });
});

describe('a charge', () => {
  it('is its captured amount, and names its payment', () => {
    const charge = { payment_intent: 'pi_1', invoice: 'in_1', customer: 'cus_1' };
    expect(chargeOf(charge)).toMatchObject({
      customer: 'cus_1',
      charge: { amountCapturedMinor: 900, paymentIntent: 'pi_1', invoice: 'in_1' },
    });
  });

  it('from before 2020 was captured as a whole, or not', () => {
    const before2020 = { amount_captured: undefined, amount: 700 };
    expect(chargeOf({ ...before2020, captured: true }).charge.amountCapturedMinor).toBe(700);
    expect(read(chargeEvent({ ...before2020, captured: false }))).toMatchObject({ kind: 'ignored' });
    expect(() => read(chargeEvent(before2020))).toThrow(UnreadableEventError);
  });

  it('that is only authorised is no payment', () => {
    const authorised = { amount: 900, amount_captured: 0, captured: false };
    expect(read(chargeEvent(authorised))).toEqual({ kind: 'ignored', type: 'charge.succeeded' });
  });

  it('that is captured later, perhaps in part, is a payment then', () => {
    const captured = { amount: 900, amount_captured: 600, captured: true };
    expect(read(chargeEvent(captured, 'charge.captured'))).toMatchObject({
      kind: 'charge_succeeded',
      charge: { id: 'ch_1', amountCapturedMinor: 600 },
    });
  });

  it.each([
    ['a refund of what was captured', { amount: 900, captured: true, amount_refunded: 300 }, 300],
    ['a refund after a capture in part', { amount: 2_000, captured: true, amount_refunded: 1_400 }, 300],
    ['all of a capture in part', { amount: 2_000, captured: true, amount_refunded: 2_000 }, 900],
    ['a capture beyond what was authorised', { amount: 800, captured: true, amount_refunded: 300 }, 300],
    ['more than was captured', { amount: 900, captured: true, amount_refunded: 901 }, 901],
    [
      'a refund from before 2020',
      { amount_captured: undefined, amount: 700, captured: true, amount_refunded: 300 },
      300,
    ],
  ])(
    'gives back what was refunded less what was never captured: %s',
    (_name, charge, amountRefundedMinor) => {
      expect(read(chargeEvent(charge, 'charge.refunded'))).toMatchObject({
        kind: 'charge_refunded',
        charge: { amountRefundedMinor },
      });
    },
  );

  it.each([
    [
      'an authorisation that was let go',
      { amount: 900, amount_captured: 0, captured: false, amount_refunded: 900 },
    ],
    [
      'one from before 2020',
      { amount: 700, amount_captured: undefined, captured: false, amount_refunded: 700 },
    ],
    ['the uncaptured part of a capture', { amount: 2_000, captured: true, amount_refunded: 1_100 }],
    ['a refund that has failed since', { amount: 900, captured: true, amount_refunded: 0 }],
  ])('that gives nothing back is no refund: %s', (_name, charge) => {
    expect(read(chargeEvent(charge, 'charge.refunded'))).toEqual({
      kind: 'ignored',
      type: 'charge.refunded',
    });
  });

  it('gives back what was refunded less what was never captured: any amounts', () => {
    const uncaptured = fc.nat({ max: 5_000 });
    const property = fc.property(
      uncaptured,
      fc.integer({ min: 1, max: 5_000 }),
      fc.nat(),
      (never, kept, part) => {
        const back = 1 + (part % kept);
        const charge = {
          amount: never + kept,
          amount_captured: kept,
          captured: true,
          amount_refunded: never + back,
        };
        const refunded = read(chargeEvent(charge, 'charge.refunded'));
        expect(refunded).toMatchObject({ charge: { amountCapturedMinor: kept, amountRefundedMinor: back } });
      },
    );
    fc.assert(property);
  });

  it('of a guest belongs to the card, or to no customer', () => {
    const card = { payment_method_details: { card: { fingerprint: 'Xt5EWLLDS7FJjR1c' } } };
    expect(chargeOf(card).customer).toBe('card_Xt5EWLLDS7FJjR1c');
    expect(chargeOf({}).customer).toBeNull();
  });

  it('is called by the name on the bill, else by its address', () => {
    expect(chargeOf({ billing_details: { name: 'Ada', email: 'ada@example.com' } }).customerName).toBe('Ada');
    expect(chargeOf({ billing_details: { name: null, email: 'ada@example.com' } }).customerName).toBe(
      'ada@example.com',
    );
  });
});

describe('hostile input', () => {
  const hostile = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true }),
    fc.constantFrom(
      2 ** 53,
      -0.5,
      Number.NaN,
      '\u202eevil',
      '__proto__',
      { __proto__: null },
      { toString: 1 },
    ),
    fc.array(fc.constant({ amount: 1, discount: 'di_1', tax_behavior: 'inclusive' }), { maxLength: 40 }),
    fc.string({ minLength: 200, maxLength: 400, unit: 'binary' }),
  );

  /** The event with the value at one of its paths replaced, however deep. */
  function withValueAt(value: unknown, replacement: unknown, path: number): unknown {
    if (path === 0 || typeof value !== 'object' || value === null) return replacement;
    const keys = Object.keys(value);
    const key = keys[path % Math.max(1, keys.length)];
    if (key === undefined) return replacement;
    const child = withValueAt(Reflect.get(value, key), replacement, Math.floor(path / keys.length));
    return Array.isArray(value) ? value.with(Number(key), child) : { ...value, [key]: child };
  }

  it('is read harmlessly, or is unreadable, and nothing else ever happens', () => {
    const seeds = fc.record({
      seed: fc.nat(300),
      path: fc.nat(),
      value: hostile,
      shape: fc.constantFrom('old', 'new', 'mixed'),
    });
    fc.assert(
      fc.property(seeds, ({ seed, path, value, shape }) => {
        const event = withValueAt(stripeInvoiceEvent(lawfulBill(seed), shape), value, path);
        try {
          const normalized = read(event);
          expect(Buffer.byteLength(JSON.stringify(normalized))).toBeLessThan(65_536);
        } catch (error) {
          if (!(error instanceof UnreadableEventError)) throw error;
        }
      }),
      { numRuns: 1500, seed: 7 },
    );
  });

  it.each([
    ['stays below 64 KB', 'x'.repeat(64), (json: string) => json, 65_536],
    ['fits a message of SQS, with ids as long as ids can be', '😀'.repeat(255), sqsJson, 1_048_576],
  ])('of the largest kind %s', (_name, id, written, mostBytes) => {
    const text = '𝕏'.repeat(5_000);
    const tax = {
      amount: -(10 ** 14),
      tax_behavior: 'exclusive',
      tax_rate_details: { tax_rate: id },
      taxable_amount: -(10 ** 14),
      taxability_reason: 'x'.repeat(40),
    };
    const reduction = { amount: -(10 ** 14), discount: id };
    const line = {
      id: id,
      amount: -(10 ** 14),
      description: text,
      quantity_decimal: '9'.repeat(18),
      pricing: {
        unit_amount_decimal: `${'9'.repeat(18)}.${'9'.repeat(12)}`,
        price_details: { price: id },
      },
      parent: { subscription_item_details: { subscription_item: id, proration: false } },
      period: { start: 253_402_300_799, end: 253_402_300_799 },
      taxes: Array(5).fill(tax),
      discount_amounts: [],
    };
    const invoice = {
      number: text,
      customer: id,
      customer_name: text,
      discounts: Array(20).fill(id),
      default_tax_rates: [{ id: id, percentage: '9'.repeat(18) }],
      total_taxes: Array(20).fill(tax),
      total_discount_amounts: Array(20).fill(reduction),
      total_pretax_credit_amounts: Array(20).fill(reduction),
    };
    for (const count of [10, 20, 50]) {
      const lines = { data: Array(count).fill(line), has_more: false };
      const event = read(draftInvoiceEvent({}, { ...invoice, lines }));
      expect(Buffer.byteLength(written(JSON.stringify(event)))).toBeLessThan(mostBytes);
      expect(event).toMatchObject({ invoice: { linesComplete: count <= 20 } });
    }
  });
});
