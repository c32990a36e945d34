import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';
import { UnreadableEventError } from '../../../../lib/stripe/event/unreadable-event-error.ts';
import { draftInvoiceEvent } from '../../../fixtures/stripe-delivery.ts';

const createdSec = 1_767_225_600;

function read(event: unknown) {
  const normalized = normalizeEvent(event, createdSec);
  if (normalized.kind !== 'event') throw new Error(normalized.kind);
  return normalized.event;
}

function eventOf(type: string, object: object) {
  return { ...draftInvoiceEvent({ type }), data: { object: { created: createdSec, ...object } } };
}

/** Each is up to 255 characters, as Stripe promises; customers, plans and coupons have ids that merchants choose. */
const lawful = [
  ['of 70 characters', 'org_'.padEnd(70, 'a1b2c3d4e5')],
  ['of 255 characters', 'x'.repeat(255)],
  ['in Cyrillic', 'тариф-базовый'],
  ['in Japanese', '株式会社サンプル'],
  ['of 255 emoji', '😀'.repeat(255)],
  ['with signs that JSON escapes', 'a "quoted" \\ plan #1: pro'],
] as const;

describe.each(lawful)('an id %s', (_name, own) => {
  it('names its customer, of an invoice, a charge and a subscription', () => {
    const charge = { id: 'ch_1', currency: 'usd', amount_captured: 900, customer: own };
    const card = { payment_method_details: { card: { fingerprint: 'Xt5EWLLDS7FJjR1c' } } };
    expect(read(draftInvoiceEvent({}, { customer: own })).customer).toBe(own);
    expect(read(eventOf('charge.succeeded', { ...charge, ...card })).customer).toBe(own);
    expect(read(eventOf('customer.subscription.created', { id: 'sub_1', customer: own })).customer).toBe(own);
  });

  it('names its price, of a line and of a subscription', () => {
    const line = {
      id: 'il_1',
      amount: 900,
      period: { start: createdSec, end: createdSec },
      pricing: { price_details: { price: own } },
    };
    const invoice = read(draftInvoiceEvent({}, { lines: { data: [line], has_more: false } }));
    expect(invoice).toMatchObject({ invoice: { lines: [{ price: own }] } });
    const items = { data: [{ id: 'si_1', price: { id: own } }] };
    const subscription = read(eventOf('customer.subscription.created', { id: 'sub_1', items }));
    expect(subscription).toMatchObject({ subscription: { items: [{ price: own }] } });
  });

  it('names its event, and its objects', () => {
    expect(read(draftInvoiceEvent({ id: own }, { id: own }))).toMatchObject({
      id: own,
      invoice: { id: own },
    });
  });
});

it.each([
  ['empty', ''],
  ['over 255 characters', 'x'.repeat(256)],
  ['with a line break', 'cus_1\n'],
  ['with half a character', 'cus_\ud800'],
])('reads no id that is %s', (_name, customer) => {
  expect(read(draftInvoiceEvent({}, { customer })).customer).toBeNull();
});

it('reads the forecast of a subscription whose id is as long as one can be', () => {
  const subscription = 'sub_'.padEnd(255, 'x');
  const upcoming = { id: undefined, parent: { subscription_details: { subscription } } };
  expect(
    read(draftInvoiceEvent({ type: 'invoice.upcoming' }, { ...upcoming, period_end: createdSec })),
  ).toMatchObject({
    kind: 'invoice_upcoming',
    invoice: { id: `upcoming_${subscription}`, subscription },
  });
});

describe('an account', () => {
  it('is named by all of its id', () => {
    const account = 'acct_'.padEnd(255, 'x');
    expect(read(draftInvoiceEvent({ account }))).toMatchObject({ account });
  });

  it.each([
    ['a number', 7],
    ['empty', ''],
    ['of another alphabet', 'acct_1#live'],
    ['over 255 characters', 'acct_'.padEnd(256, 'x')],
  ])('that is %s can’t be read, and is never taken for our own', (_name, account) => {
    expect(() => read(draftInvoiceEvent({ account }))).toThrow(new UnreadableEventError('account'));
  });
});
