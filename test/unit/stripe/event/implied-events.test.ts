import type { Fields } from '../../../../lib/stripe/event/fields.ts';
import { impliedEvents } from '../../../../lib/stripe/event/implied-events.ts';
import { UnreadableEventError } from '../../../../lib/stripe/event/unreadable-event-error.ts';
import { draftInvoiceEvent } from '../../../fixtures/stripe-delivery.ts';

const key = { account: 'acct_1', livemode: true };
const madeSec = 1_767_225_600;
const none = { finalized_at: null, paid_at: null, voided_at: null, marked_uncollectible_at: null };

function invoice(status: string, transitions: object, changes: object = {}): Fields {
  const { object } = draftInvoiceEvent().data;
  return { ...object, status, status_transitions: { ...none, ...transitions }, ...changes };
}

const lifeOf = (object: Fields) =>
  impliedEvents(object, key).map(({ kind, occurredAtSec }) => [kind, occurredAtSec - madeSec]);

it.each([
  ['a draft', invoice('draft', {}), [['invoice_drafted', 0]]],
  [
    'a paid one',
    invoice('paid', { finalized_at: madeSec + 10, paid_at: madeSec + 20 }),
    [
      ['invoice_drafted', 0],
      ['invoice_finalized', 10],
      ['invoice_paid', 20],
    ],
  ],
  [
    'one that was written off and then voided',
    invoice('void', {
      finalized_at: madeSec + 10,
      marked_uncollectible_at: madeSec + 15,
      voided_at: madeSec + 30,
    }),
    [
      ['invoice_drafted', 0],
      ['invoice_finalized', 10],
      ['invoice_updated', 15],
      ['invoice_voided', 30],
    ],
  ],
])('implies the life of an invoice: %s', (_name, object, life) => {
  expect(lifeOf(object)).toEqual(life);
});

it('rewinds an invoice to what it was at each time', () => {
  const paid = { amount_paid: 4_900, amount_remaining: 0, ending_balance: 0 };
  const object = invoice('paid', { finalized_at: madeSec + 10, paid_at: madeSec + 20 }, paid);
  const states = impliedEvents(object, key).map((event) => 'invoice' in event && event.invoice);
  expect(states).toMatchObject([
    { status: 'draft', amountPaidMinor: 0, amountRemainingMinor: 4_900, finalizesAtSec: madeSec + 10 },
    { status: 'open', amountPaidMinor: 0, amountRemainingMinor: 4_900 },
    { status: 'paid', amountPaidMinor: 4_900, amountRemainingMinor: 0, endingBalanceMinor: 0 },
  ]);
});

const charge = {
  id: 'ch_1',
  object: 'charge',
  created: madeSec,
  status: 'succeeded',
  currency: 'usd',
  amount: 900,
  captured: true,
  customer: 'cus_1',
};

it('gives each refund the sum refunded until then, also when the list is cut', () => {
  const refund = (amount: number, afterSec: number, status = 'succeeded') => {
    return { id: `re_${afterSec}`, amount, created: madeSec + afterSec, status };
  };
  const data = [refund(200, 30), refund(50, 25, 'failed'), refund(300, 20)];
  const events = impliedEvents({ ...charge, amount_refunded: 600, refunds: { data, has_more: true } }, key);
  expect(
    events.map((event) => [
      event.kind,
      event.occurredAtSec - madeSec,
      'charge' in event && event.charge.amountRefundedMinor,
    ]),
  ).toEqual([
    ['charge_succeeded', 0, 0],
    ['charge_refunded', 20, 400],
    ['charge_refunded', 30, 600],
  ]);
});

it.each([
  ['released as a refund of its own', [16_000, 1_000], 17_000],
  ['released without one', [1_000], 17_000],
])('implies a refund without the uncaptured part, %s', (_name, amounts, amount_refunded) => {
  const data = amounts.map((amount, index) => {
    return { id: `re_${index}`, amount, created: madeSec + 20 + index, status: 'succeeded' };
  });
  const partly = { ...charge, amount: 20_000, amount_captured: 4_000, amount_refunded, refunds: { data } };
  const implied = impliedEvents(partly, key).map((event) => 'charge' in event && [event.kind, event.charge]);
  expect(implied).toMatchObject([
    ['charge_succeeded', { amountCapturedMinor: 4_000, amountRefundedMinor: 0 }],
    ['charge_refunded', { amountCapturedMinor: 4_000, amountRefundedMinor: 1_000 }],
  ]);
});

const letGo = { ...charge, captured: false, amount_captured: 0, amount_refunded: 900 };
const givenBack = { ...charge, amount_refunded: 900 };
const listed = { data: [{ id: 're_1', amount: 900, created: madeSec + 5, status: 'succeeded' }] };

it.each([
  ['an authorisation that was let go', { ...letGo, refunds: listed }, []],
  ['the refund that lets it go', { object: 'refund', id: 're_1', created: madeSec + 5, charge: letGo }, []],
  ['a declined charge', { ...charge, status: 'failed', captured: false }, [['charge_failed', 0]]],
  ['a charge that is under way', { ...charge, status: 'pending' }, []],
  ['money that is only authorised', { ...charge, captured: false }, []],
  [
    'a refund',
    { object: 'refund', id: 're_1', created: madeSec + 5, charge: givenBack },
    [['charge_refunded', 5]],
  ],
  ['a refund that failed', { object: 'refund', id: 're_1', created: madeSec, status: 'failed', charge }, []],
  ['a refund without its charge', { object: 'refund', id: 're_1', created: madeSec, charge: 'ch_1' }, []],
  ['an object of no use', { object: 'customer', id: 'cus_1', created: madeSec }, []],
  [
    'a credit note',
    { object: 'credit_note', id: 'cn_1', invoice: 'in_1', currency: 'usd', amount: 5, created: madeSec },
    [['credit_note_issued', 0]],
  ],
  [
    'a subscription that was renewed, and ended',
    {
      object: 'subscription',
      id: 'sub_1',
      created: madeSec,
      ended_at: madeSec + 90,
      items: { data: [{ current_period_start: madeSec + 60 }] },
    },
    [
      ['subscription_created', 0],
      ['subscription_updated', 60],
      ['subscription_deleted', 90],
    ],
  ],
  [
    'a subscription in its first period, in the old shape',
    { object: 'subscription', id: 'sub_1', created: madeSec, current_period_start: madeSec, ended_at: null },
    [['subscription_created', 0]],
  ],
])('implies %s', (_name, object, life) => {
  expect(lifeOf(object)).toEqual(life);
});

it('gives the same ids each time, short enough for an id, in the account that was asked', () => {
  const object = { ...charge, id: `ch_${'x'.repeat(60)}` };
  const [once] = impliedEvents(object, key, madeSec + 100);
  const [again] = impliedEvents(object, key, madeSec + 999);
  expect(again?.id).toBe(once?.id);
  expect(once?.id.length).toBeLessThanOrEqual(64);
  expect(once).toMatchObject({ account: 'acct_1', livemode: true, receivedAtSec: madeSec + 100 });
});

it('can’t read an invoice without a currency', () => {
  expect(() => impliedEvents(invoice('draft', {}, { currency: null }), key)).toThrow(UnreadableEventError);
});
