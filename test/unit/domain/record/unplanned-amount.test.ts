import {
  exampleInvoice,
  exampleLine,
  exampleSubscription,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { InvoiceLine, SubscriptionEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { unplannedMinor } from '../../../../lib/domain/record/unplanned-amount.ts';

const twoSeats = exampleSubscription(1, { quantity: 2 });
const inMotion = { ...twoSeats, subscription: { ...twoSeats.subscription, isChanging: true } };
const inTiers = exampleSubscription(1, { quantity: 2, pricing: 'not_per_unit' });
const ofUnknownSeats = exampleSubscription(1, { quantity: null });
const after = (sec: number): SubscriptionEvent => ({
  ...exampleSubscription(2, { quantity: 7 }),
  occurredAtSec: exampleSubscription(2).occurredAtSec + sec,
});

function unset(known: SubscriptionEvent | null, changes: Partial<InvoiceLine>, status: 'draft' | 'open') {
  const line = exampleLine(2, 82_000, { quantity: '2', ...changes });
  const { invoice } = exampleInvoice(2, line.amountMinor, { lines: [line], status });
  return unplannedMinor(invoice, known === null ? emptyRecord : learn(known, emptyRecord).record);
}

it.each([
  ['seats as on the subscription', twoSeats, {}, 'open', 0],
  ['other seats than on the subscription', twoSeats, { quantity: '3' }, 'draft', 82_000],
  ['a subscription that was never seen', null, {}, 'draft', 82_000],
  ['another price, while it is a draft', twoSeats, { price: 'price_max' }, 'draft', 0],
  ['another price, when it is final', twoSeats, { price: 'price_max' }, 'open', 82_000],
  [
    'other seats that a schedule may have planned, while it is a draft',
    inMotion,
    { quantity: '3' },
    'draft',
    0,
  ],
  [
    'other seats that a schedule may have planned, when it is final',
    inMotion,
    { quantity: '3' },
    'open',
    82_000,
  ],
  ['seats that were changed a minute after it', after(61), {}, 'open', 0],
  ['seats that were changed in the same moment', after(60), {}, 'open', 82_000],
  ['a proration', null, { proration: true }, 'open', 0],
  ['a line without a price', inMotion, { price: null }, 'draft', 82_000],
  ['a subscription in tiers', inTiers, {}, 'open', 82_000],
  ['a subscription of unknown seats', ofUnknownSeats, {}, 'open', 82_000],
  ['usage', inMotion, { metered: true }, 'draft', 82_000],
] as const)('of %s', (_name, known, changes, status, expected) => {
  expect(unset(known, changes, status)).toBe(expected);
});

it('counts the lines that Stripe has cut off and an earlier debt', () => {
  const lines = [exampleLine(2, 82_000, { quantity: '2' })];
  const { invoice } = exampleInvoice(2, 95_000, {
    lines,
    linesComplete: false,
    subtotalMinor: 90_000,
    totalMinor: 90_000,
  });
  expect(unplannedMinor(invoice, learn(twoSeats, emptyRecord).record)).toBe(8_000 + 5_000);
});

it.each([
  ['takes its share of discounts and taxes', 100_000, 50_000, 9_000],
  ['is the rest of the total where the event does not say the subtotal', null, 90_000, 8_000],
  ['is nothing where lines cancel out', 0, 0, 0],
])('%s', (_name, subtotalMinor, totalMinor, unplanned) => {
  const seats = exampleLine(2, 82_000, { quantity: '2' });
  const back = exampleLine(2, -82_000, { id: 'il_back', quantity: '2' });
  const lines = subtotalMinor === 0 ? [seats, back] : [seats];
  const { invoice } = exampleInvoice(2, totalMinor, { lines, subtotalMinor, totalMinor });
  expect(unplannedMinor(invoice, learn(twoSeats, emptyRecord).record)).toBe(unplanned);
});
