import fc from 'fast-check';
import { exampleSubscription, monthAtSec } from '../../../../lib/detectors/examples/example-events.ts';
import { type AccountFact, countersOf } from '../../../../lib/domain/account/account-facts-of.ts';
import {
  catalogPrices,
  joinAdopters,
  learnAdopters,
  type PriceAdopters,
} from '../../../../lib/domain/account/price-adoption.ts';
import { objectHash } from '../../../../lib/domain/events/object-hash.ts';

const daySec = 86_400;
const nowSec = monthAtSec(3);
const none: PriceAdopters = new Map();

const taken = (price: number, customer: number, atSec = 0): AccountFact => {
  return { counter: 'price', currency: '', hash: price, atSec, value: customer };
};
const fact = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 99 }))
  .map(([price, customer, atSec]) => taken(price, customer, atSec));
const facts = fc.array(fact, { maxLength: 40 });

const sorted = (takers: PriceAdopters) => [...takers].sort(([a], [b]) => a - b);

it('is the same in any order, however often it is sent, and in whatever parts', () => {
  const deliveries = facts.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
      fc.nat(40),
    ),
  );
  fc.assert(
    fc.property(deliveries, ([all, shuffled, cut]) => {
      const parts = joinAdopters(learnAdopters(none, all.slice(0, cut)), learnAdopters(none, all.slice(cut)));
      const known = sorted(learnAdopters(none, all));
      expect(sorted(learnAdopters(none, shuffled))).toEqual(known);
      expect(sorted(parts)).toEqual(known);
    }),
  );
});

it('calls a price shared when a third customer has had it for 35 days, whoever had it before or since', () => {
  const times = fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 6 });
  fc.assert(
    fc.property(times, (days) => {
      const takers = learnAdopters(
        none,
        days.map((ago, customer) => taken(7, customer, nowSec - ago * daySec)),
      );
      const old = days.filter((ago) => ago >= 35);
      expect(catalogPrices(takers, nowSec)).toEqual(old.length >= 3 ? [7] : []);
    }),
  );
});

it('learns of nothing but prices', () => {
  expect(learnAdopters(none, [{ ...taken(7, 1), counter: 'charge' }])).toBe(none);
  expect(learnAdopters(none, [{ ...taken(7, 1), counter: 'charge' }, taken(8, 1)]).has(7)).toBe(false);
});

it('keeps 2,000 prices: those of one customer give way to what several pay', () => {
  const own = Array.from({ length: 5_000 }, (_, n) => taken(10_000 + n, n, n));
  const list = [9_001, 9_002].flatMap((price) => [1, 2, 3].map((customer) => taken(price, customer)));
  const takers = learnAdopters(learnAdopters(none, [...own.slice(0, 2_000), ...list]), own.slice(2_000));
  expect(takers.size).toBe(2_000);
  expect(catalogPrices(takers, nowSec)).toEqual([9_001, 9_002]);
});

it('learns of active subscriptions to prices that can’t change, and of no others', () => {
  const pricesIn = (
    changes: Parameters<typeof exampleSubscription>[1],
    status: 'active' | 'trialing' = 'active',
  ) => {
    const event = exampleSubscription(0, changes);
    const subscription = { ...event.subscription, status };
    return countersOf({ ...event, subscription }).flatMap(({ counter, hash }) =>
      counter === 'price' ? [hash] : [],
    );
  };
  expect(pricesIn({ price: 'price_max' })).toEqual([objectHash('price_max')]);
  expect(pricesIn({ price: 'gold' })).toEqual([]);
  expect(pricesIn({ price: 'price_calls', metered: true, quantity: null })).toEqual([]);
  expect(pricesIn({ price: 'price_max' }, 'trialing')).toEqual([]);
});
