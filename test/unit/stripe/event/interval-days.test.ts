import { intervalDays } from '../../../../lib/stripe/event/interval-days.ts';
import { normalizeSubscription } from '../../../../lib/stripe/event/normalize-subscription.ts';

it.each([
  ['a month', { recurring: { interval: 'month', interval_count: 1 } }, 31],
  ['three months', { recurring: { interval: 'month', interval_count: 3 } }, 93],
  ['two weeks', { recurring: { interval: 'week', interval_count: 2 } }, 14],
  ['a day, without a count', { recurring: { interval: 'day' } }, 1],
  ['a plan of old', { interval: 'year', interval_count: 1 }, 366],
  ['a one-time price', { recurring: null }, null],
  ['three years', { recurring: { interval: 'year', interval_count: 3 } }, 1_098],
  ['longer than anyone bills for', { recurring: { interval: 'year', interval_count: 10 ** 14 } }, null],
  ['negative', { recurring: { interval: 'month', interval_count: -1 } }, null],
  ['an unknown interval', { recurring: { interval: 'moon' } }, null],
])('is the longest that %s can be', (_name, price, days) => {
  expect(intervalDays(price)).toBe(days);
});

it('is read from a subscription’s price or plan, with its currency', () => {
  const price = { id: 'price_1', currency: 'EUR', billing_scheme: 'per_unit', unit_amount: 900 };
  const subscriptionWith = (item: object) =>
    normalizeSubscription({
      id: 'sub_1',
      created: 1,
      items: { data: [{ id: 'si_1', quantity: 2, ...item }] },
    });
  const expected = { price: 'price_1', unitAmountMinor: '900', currency: 'eur', intervalDays: 31 };
  const [today] = subscriptionWith({ price: { ...price, recurring: { interval: 'month' } } }).items;
  const [old] = subscriptionWith({ plan: { ...price, interval: 'month' } }).items;
  expect(today).toMatchObject(expected);
  expect(old).toMatchObject(expected);
});
