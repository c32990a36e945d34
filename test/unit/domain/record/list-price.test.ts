import fc from 'fast-check';
import { exampleLine, exampleSubscription } from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { listPrice } from '../../../../lib/domain/record/list-price.ts';
import { encodePart } from '../../../../lib/store/record/codec.ts';

const recordAfter = (events: readonly BillingEvent[]) =>
  events.reduce((before, event) => learn(event, before).record, emptyRecord);

const record = recordAfter([exampleSubscription(0, { unitAmountMinor: '2900' })]);
const line = exampleLine(1, 5_800, { quantity: '2' });

it('is the price times the line’s own quantity, and for a shorter period its share', () => {
  const whole = { unitMinor: 2_900, quantity: 2, wholeMinor: 5_800, mostMinor: 5_800 };
  expect(listPrice(line, 'usd', record)).toEqual({ ...whole, leastMinor: Math.floor((5_800 * 30) / 31) });
  const longest = { ...line, periodEndSec: line.periodStartSec + 31 * 86_400 };
  expect(listPrice(longest, 'usd', record)).toEqual({ ...whole, leastMinor: 5_800 });
});

it.each([
  ['longer than its interval', { periodEndSec: line.periodStartSec + 31 * 86_400 + 1 }, 'usd'],
  ['of no length', { periodEndSec: line.periodStartSec }, 'usd'],
  ['a proration', { proration: true }, 'usd'],
  ['perhaps a proration', { proration: null }, 'usd'],
  ['of no subscription', { subscriptionItem: null }, 'usd'],
  ['at no price', { price: null }, 'usd'],
  ['at an unknown price', { price: 'price_other' }, 'usd'],
  ['of half a seat', { quantity: '1.5' }, 'usd'],
  ['of less than no seat', { quantity: '-1' }, 'usd'],
  ['of more than a number holds exactly', { quantity: String(10 ** 13) }, 'usd'],
  ['of an unknown quantity', { quantity: null }, 'usd'],
  ['in another currency', {}, 'eur'],
])('is unknown of a line %s', (_name, changes, currency) => {
  expect(listPrice({ ...line, ...changes }, currency, record)).toBeUndefined();
});

it('is nothing for no seats', () => {
  const nothing = { unitMinor: 2_900, quantity: 0, wholeMinor: 0, leastMinor: 0, mostMinor: 0 };
  expect(listPrice({ ...line, quantity: '0' }, 'usd', record)).toEqual(nothing);
});

it.each([null, 'many'])('is unknown of a usage of %s', (quantity) => {
  const after = recordAfter([exampleSubscription(0, { metered: true, unitAmountMinor: '2' })]);
  expect(listPrice({ ...line, quantity }, 'usd', after)).toBeUndefined();
});

it.each([
  ['metered, in more decimals than six', { metered: true, unitAmountMinor: '0.0000005' }],
  ['metered, in tiers', { metered: true, unitAmountMinor: null }],
  ['metered, and more than a record holds', { metered: true, unitAmountMinor: '1000000001' }],
  ['more than a record holds', { unitAmountMinor: '1000000000000001' }],
  ['in tiers', { pricing: 'not_per_unit' as const }],
  ['in fractions of a cent', { unitAmountMinor: '0.5' }],
  ['without an interval', { intervalDays: null }],
  ['in a currency the event does not name', { currency: null }],
])('is unknown of a price that is %s', (_name, changes) => {
  expect(listPrice(line, 'usd', recordAfter([exampleSubscription(0, changes)]))).toBeUndefined();
});

it('is the price times the usage, however long it took, and up to a unit more where fractions are cut off', () => {
  const after = recordAfter([exampleSubscription(0, { metered: true, unitAmountMinor: '13.98' })]);
  const usage = { ...line, quantity: '203816.5', periodEndSec: line.periodStartSec + 86_400 };
  const wholeMinor = 2_849_355; // 203,816.5 x 13.98 = 2,849,354.67
  const price = { unitMinor: 13.98, quantity: 203_816.5, wholeMinor, leastMinor: wholeMinor };
  expect(listPrice(usage, 'usd', after)).toEqual({ ...price, mostMinor: wholeMinor });
  const truncated = { ...usage, quantityIsExact: false };
  expect(listPrice(truncated, 'usd', after)).toEqual({ ...price, mostMinor: wholeMinor + 14 });
});

it('stays with the price when its item has moved on to another one', () => {
  const moved = exampleSubscription(1, { price: 'price_max', unitAmountMinor: '9900' });
  const after = recordAfter([exampleSubscription(0, { unitAmountMinor: '2900' }), moved]);
  expect(listPrice(line, 'usd', after)?.unitMinor).toBe(2_900);
  expect(listPrice({ ...line, price: 'price_max' }, 'usd', after)?.unitMinor).toBe(9_900);
});

it('is the same after any order and any repeats of subscription events, two of them in one second', () => {
  const prices = ['price_a', 'price_b', 'price_c'];
  const event = fc
    .record({ month: fc.nat({ max: 3 }), price: fc.nat({ max: 2 }), quantity: fc.nat({ max: 9 }) })
    .map(({ month, price, quantity }) =>
      exampleSubscription(month, {
        price: prices[price] ?? '',
        unitAmountMinor: String((price + 1) * 1_000),
        quantity,
      }),
    );
  const events = fc.array(event, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      events.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const after = recordAfter([...shuffled, ...all]);
        const bytes = (of: typeof after) => Buffer.from(encodePart(of.subscriptions)).toString('hex');
        expect(bytes(after)).toBe(bytes(recordAfter(all)));
        for (const [index, price] of prices.entries()) {
          const known = listPrice({ ...line, price }, 'usd', after)?.unitMinor;
          const isNamed = all.some(({ subscription }) => subscription.items[0]?.price === price);
          expect(known).toBe(isNamed ? (index + 1) * 1_000 : undefined);
        }
      },
    ),
  );
});
