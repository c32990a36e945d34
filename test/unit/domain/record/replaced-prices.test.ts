import { exampleSubscription, monthAtSec } from '../../../../lib/detectors/examples/example-events.ts';
import { objectHash } from '../../../../lib/domain/events/object-hash.ts';
import { type CustomerRecord, emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { replacedPrices } from '../../../../lib/domain/record/replaced-prices.ts';
import { decodePart, encodePart } from '../../../../lib/store/record/codec.ts';

const plan = (month: number, price: string, unitAmountMinor: string, currency = 'usd') =>
  exampleSubscription(month, { price, unitAmountMinor, currency });
const recordOf = (...events: readonly ReturnType<typeof plan>[]): CustomerRecord =>
  events.reduce((record, event) => learn(event, record).record, emptyRecord);

it('names the prices of before, newest first, and not the one that is in force', () => {
  const record = recordOf(plan(0, 'price_a', '100'), plan(1, 'price_b', '200'), plan(2, 'price_c', '300'));
  expect(replacedPrices(record, 'usd')).toMatchObject([
    {
      price: objectHash('price_b'),
      unitMinor: 200,
      subscription: objectHash('sub_1'),
      namedAtSec: monthAtSec(1),
    },
    { price: objectHash('price_a'), unitMinor: 100, namedAtSec: monthAtSec(0) },
  ]);
});

it('goes by when prices were named, not by what they cost', () => {
  const units = ['300', '100', '500', '200', '400', '600'];
  const record = recordOf(...units.map((unit, month) => plan(month, `price_${month}`, unit)));
  expect(replacedPrices(record, 'usd').map(({ unitMinor }) => unitMinor)).toEqual([400, 200, 500, 100, 300]);
});

it('names no price of another currency, and none of a subscription that has one only', () => {
  const record = recordOf(plan(0, 'price_a', '100', 'eur'), plan(1, 'price_b', '200'));
  expect(replacedPrices(record, 'usd')).toEqual([]);
  expect(replacedPrices(record, 'eur')).toHaveLength(1);
});

it('names the dearest of one moment first, however the record was read', () => {
  const two = plan(0, 'price_a', '100');
  const [item] = two.subscription.items;
  if (item === undefined) throw new Error('no item');
  const seat = { ...item, id: 'si_seat', price: 'price_seat', unitAmountMinor: '900' };
  const both = { ...two, subscription: { ...two.subscription, items: [item, seat] } };
  const record = recordOf(both, plan(1, 'price_c', '300'));
  const read = { ...record, subscriptions: decodePart(encodePart(record.subscriptions)) };
  for (const known of [record, read])
    expect(replacedPrices(known, 'usd').map(({ unitMinor }) => unitMinor)).toEqual([900, 100]);
});

it('gives two prices of one moment and one cost the same order, however the items lie', () => {
  const seats = ['price_a', 'price_b'].flatMap((price) =>
    plan(0, price, '100').subscription.items.map((item) => ({ ...item, id: `si_${price}`, price })),
  );
  const event = plan(0, 'price_a', '100');
  const orderOf = (items: typeof seats) => {
    const both = { ...event, subscription: { ...event.subscription, items } };
    return replacedPrices(recordOf(both, plan(1, 'price_c', '300')), 'usd').map(({ price }) => price);
  };
  expect(orderOf(seats)).toHaveLength(2);
  expect(orderOf(seats.toReversed())).toEqual(orderOf(seats));
});
