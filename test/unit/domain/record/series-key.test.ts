import {
  exampleInvoice,
  exampleLine,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import {
  invoiceSeriesKey,
  pricedIn,
  renewalCurrency,
  seriesKey,
} from '../../../../lib/domain/record/series-key.ts';

const yearly = [exampleLine(0, 900, { periodEndSec: monthAtSec(12) })];

it.each([
  ['a first bill', { billingReason: 'subscription_create' }, 'recurring:usd:month'],
  ['a renewal', { billingReason: 'subscription_cycle' }, 'recurring:usd:month'],
  ['a threshold', { billingReason: 'subscription_threshold' }, 'recurring:usd:month'],
  ['a renewal as old shapes say it', { billingReason: 'subscription' }, 'recurring:usd:month'],
  ['a renewal by the year', { lines: yearly }, 'recurring:usd:year'],
  ['a renewal in euros', { currency: 'eur' }, 'recurring:eur:month'],
  ['a change in the middle of a period', { billingReason: 'subscription_update' }, 'one_off:usd'],
  ['a bill by hand', { billingReason: 'manual' }, 'one_off:usd'],
  ['a bill of unknown reason', { billingReason: null }, 'one_off:usd'],
])('compares %s with its like', (_name, changes, key) => {
  expect(invoiceSeriesKey(exampleInvoice(0, 900, changes))).toBe(key);
});

it('keeps prices and tax rates apart by eight characters or so', () => {
  const keys = [
    ...['price_a', 'price_b'].flatMap((price) => [seriesKey.usage(price), seriesKey.dearest(price)]),
    ...['txr_a', 'txr_b'].flatMap((rate) => [seriesKey.tax(rate, true), seriesKey.tax(rate, false)]),
  ];
  expect(new Set(keys).size).toBe(8);
  for (const key of keys) expect(key).toMatch(/^(usage|dearest|tax):[0-9a-z]{1,8}$/);
});

it.each([
  ['its price', 'unit:12:usd', 12],
  ['nothing in another currency', 'unit:12:eur', undefined],
  ['nothing of a rate', 'rate:12:usd', undefined],
  ['nothing of an item', 'si_1:unit', undefined],
])('reads from a key %s', (_name, key, price) => {
  expect(pricedIn(key, 'usd')).toBe(price);
});

it.each([
  ['renewals', 'recurring:eur:month', 'eur'],
  ['bills by hand', 'one_off:eur', undefined],
  ['an item of an odd id', 'si_recurring:eur:month', undefined],
])('reads the currency of renewals from a key, and of no other: %s', (_name, key, currency) => {
  expect(renewalCurrency(key)).toBe(currency);
});
