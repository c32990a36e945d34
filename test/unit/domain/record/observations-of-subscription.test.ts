import { exampleSubscription, monthAtSec } from '../../../../lib/detectors/examples/example-events.ts';
import type { SubscriptionEvent } from '../../../../lib/domain/events/billing-event.ts';
import { objectHash } from '../../../../lib/domain/events/object-hash.ts';
import { priceHash } from '../../../../lib/domain/events/price-hash.ts';
import type { Subscription, SubscriptionItem } from '../../../../lib/domain/events/subscription.ts';
import { observationsOf } from '../../../../lib/domain/record/observations-of.ts';

const price = priceHash('price_pro', 'si_1');
const [unitKey, daysKey, rateKey] = [`unit:${price}:usd`, `days:${price}`, `rate:${price}:usd`];

const factsOf = (event: SubscriptionEvent): Readonly<Record<string, number>> =>
  Object.fromEntries(observationsOf(event).map(({ key, seen }) => [key, seen.value]));

/** What an event says of an item with these changes. */
const factsWith = (item: Partial<SubscriptionItem>) => factsOf(exampleSubscription(0, item));

const changed = (
  changes: Partial<Subscription>,
  kind: SubscriptionEvent['kind'] = 'subscription_updated',
): SubscriptionEvent => {
  const event = exampleSubscription(0, {}, kind);
  return { ...event, subscription: { ...event.subscription, ...changes } };
};

const item = {
  'si_1:price': objectHash('price_pro'),
  'si_1:unit': 41_000,
  'si_1:quantity': 1,
  'si_1:renews': monthAtSec(1),
  'si_1:live': 1,
};
const all = { ...item, [unitKey]: 41_000, [daysKey]: 31 };

it.each([
  ['that begins', exampleSubscription(0, {}, 'subscription_created'), all],
  ['that changes', exampleSubscription(0), all],
  ['that ends', changed({}, 'subscription_deleted'), { ...all, 'si_1:renews': 0, 'si_1:live': 0 }],
  ['under a test clock', { ...exampleSubscription(0), isSimulated: true as const }, { ...all, clock: 1 }],
  ['without items', changed({ items: [] }), {}],
])('says of a subscription %s what its items are and what their prices cost', (_name, event, facts) => {
  expect(factsOf(event)).toEqual(facts);
});

it.each([
  ['active', changed({}), 1],
  ['in its trial', changed({ status: 'trialing' }), 0],
  ['unpaid', changed({ status: 'unpaid' }), 0],
  ['about to change by a schedule', changed({ isChanging: true }), 0],
  ['ended, though still called active', changed({ status: 'active' }, 'subscription_deleted'), 0],
])('is live, or not, when %s', (_name, event, live) => {
  expect(factsOf(event)['si_1:live']).toBe(live);
});

it.each<readonly [string, Partial<SubscriptionItem>, readonly string[]]>([
  ['usage', { metered: true }, ['si_1:unit', unitKey, daysKey]],
  ['tiers', { pricing: 'not_per_unit' }, ['si_1:unit', unitKey, daysKey]],
  ['usage in tiers', { pricing: 'not_per_unit', metered: true }, ['si_1:unit', unitKey, daysKey]],
  ['an unknown quantity', { quantity: null }, ['si_1:quantity']],
  ['a fraction of a cent', { unitAmountMinor: '0.5' }, ['si_1:unit', unitKey, daysKey]],
  ['no unit price', { unitAmountMinor: null }, ['si_1:unit', unitKey, daysKey]],
  ['a negative price', { unitAmountMinor: '-1' }, ['si_1:unit', unitKey, daysKey]],
  ['more than a record holds', { unitAmountMinor: String(10 ** 15 + 1) }, ['si_1:unit', unitKey, daysKey]],
])('leaves out what it can’t know of %s', (_name, changes, missing) => {
  const known = Object.keys(factsWith(changes)).filter((key) => key !== rateKey);
  expect(known).toEqual(Object.keys(all).filter((key) => !missing.includes(key)));
});

it.each([
  ['whose interval is unknown', { intervalDays: null }],
  ['in tiers', { pricing: 'not_per_unit' as const }],
  ['whose currency is unknown', { currency: null }],
  ['by usage, whose currency is unknown', { currency: null, metered: true }],
  ['by usage, without an amount', { unitAmountMinor: null, metered: true }],
])('says nothing of what a price costs %s', (_name, changes) => {
  const keys = Object.keys(factsWith(changes));
  expect(keys.filter((key) => !key.startsWith('si_1:'))).toEqual([]);
});

it.each([
  ['nothing', '0', 0],
  ['the most a record holds', String(10 ** 15), 10 ** 15],
])('knows a price of %s', (_name, unitAmountMinor, unit) => {
  const facts = factsWith({ unitAmountMinor });
  expect([facts['si_1:unit'], facts[unitKey]]).toEqual([unit, unit]);
});

it('knows the price in its own currency, but no unit in that of the subscription', () => {
  const event = exampleSubscription(0);
  const facts = factsOf({ ...event, subscription: { ...event.subscription, currency: 'eur' } });
  expect(facts[unitKey]).toBe(41_000);
  expect(facts).not.toHaveProperty('si_1:unit');
});

it.each([
  ['two decimals', '13.98', 13_980_000],
  ['six decimals', '0.000001', 1],
  ['seven decimals', '0.0000005', undefined],
  ['no number', 'free', undefined],
])('knows a rate of usage with %s', (_name, unitAmountMinor, rate) => {
  expect(factsWith({ metered: true, unitAmountMinor })[rateKey]).toBe(rate);
});

it.each([
  ['is made', 'subscription_created' as const, 0, 0],
  ['changes two seconds later', 'subscription_updated' as const, 2, 4],
  ['ends in that second, which is the last of it', 'subscription_deleted' as const, 2, 5],
  ['changes before it was made, as clocks differ', 'subscription_updated' as const, -2, 0],
])('orders all it says by when it %s', (_name, kind, afterSec, revision) => {
  const event = { ...changed({}, kind), isSimulated: true as const };
  const places = observationsOf({ ...event, occurredAtSec: monthAtSec(0) + afterSec });
  const object = {
    atSec: monthAtSec(0),
    hash: objectHash('sub_1'),
    revision,
    voided: false,
    verdict: 'none',
  };
  expect(places).toHaveLength(8);
  for (const { part, seen } of places) {
    expect({ part, seen }).toEqual({ part: 'subscriptions', seen: { ...object, value: seen.value } });
  }
});
