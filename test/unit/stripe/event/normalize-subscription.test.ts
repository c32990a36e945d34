import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';

const price = {
  id: 'price_1',
  billing_scheme: 'per_unit',
  currency: 'usd',
  unit_amount_decimal: '900',
  recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
};

function subscriptionOf(items: unknown, changes: object = {}) {
  const object = {
    id: 'sub_1',
    object: 'subscription',
    customer: 'cus_1',
    created: 1_767_225_600,
    status: 'active',
    items,
    ...changes,
  };
  const event = {
    id: 'evt_1',
    type: 'customer.subscription.updated',
    created: 1_767_225_600,
    livemode: true,
    data: { object },
  };
  const normalized = normalizeEvent(event, 1_767_225_601);
  return normalized.kind === 'event' && 'subscription' in normalized.event
    ? normalized.event.subscription
    : undefined;
}

it('reads the items of a subscription', () => {
  const [item] = subscriptionOf({ data: [{ id: 'si_1', price, quantity: 3 }] })?.items ?? [];
  expect(item).toMatchObject({
    id: 'si_1',
    price: 'price_1',
    unitAmountMinor: '900',
    pricing: 'per_unit',
    metered: false,
    quantity: 3,
  });
});

it('names a plan by the id its merchant chose', () => {
  const items = { data: [{ id: 'si_1', price: { ...price, id: 'Größe-monatlich' } }] };
  expect(subscriptionOf(items)?.items).toMatchObject([{ id: 'si_1', price: 'Größe-monatlich' }]);
});

it.each([
  ['its own', 'EUR', price, 'eur'],
  ['that of its prices, where an older shape does not say it', undefined, price, 'usd'],
  ['unknown', undefined, { ...price, currency: undefined }, null],
])('reads the currency it bills in: %s', (_name, currency, ofPrice, expected) => {
  const subscription = subscriptionOf({ data: [{ id: 'si_1', price: ofPrice }] }, { currency });
  expect(subscription).toMatchObject({ currency: expected });
});

it.each([
  ['an item that is no object', { data: [null, 'si_1'] }],
  ['no list of items', undefined],
])('is read though it has %s', (_name, items) => {
  expect(subscriptionOf(items)?.items).toEqual([]);
});

it('keeps the first twenty items of a raised limit', () => {
  const data = Array.from({ length: 25 }, (_, index) => ({ id: `si_${index}`, price }));
  expect(subscriptionOf({ data })?.items).toHaveLength(20);
});

it('reads when its trial ends or ended', () => {
  expect(subscriptionOf({ data: [] })).toMatchObject({ trialEndsAtSec: null });
  expect(subscriptionOf({ data: [] }, { trial_end: 1_769_904_000 })).toMatchObject({
    trialEndsAtSec: 1_769_904_000,
  });
  const later = { trial_start: 1_769_500_000, trial_end: 1_769_904_000 };
  expect(subscriptionOf({ data: [] }, later)).toMatchObject({ trialEndsAtSec: null });
});

it('reads how a subscription ends, and whether its collection is paused', () => {
  const items = { data: [] };
  expect(subscriptionOf(items)).toMatchObject({ endsWithPeriod: false, endsAtSec: null, isPaused: false });
  const ending = { cancel_at_period_end: true, cancel_at: 1_769_904_000, pause_collection: null };
  expect(subscriptionOf(items, ending)).toMatchObject({ endsWithPeriod: true, endsAtSec: 1_769_904_000 });
  const paused = { pause_collection: { behavior: 'void', resumes_at: null }, cancel_at: 'soon' };
  expect(subscriptionOf(items, paused)).toMatchObject({ isPaused: true, endsAtSec: null });
});
