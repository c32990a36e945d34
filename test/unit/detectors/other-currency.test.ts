import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import type { Fields } from '../../../lib/stripe/event/fields.ts';
import { normalizeEvent } from '../../../lib/stripe/event/normalize.ts';
import { findingsOf } from '../../fixtures/findings-of.ts';
import { renewalLife } from '../../fixtures/lives/renewal-life.ts';

const madeSec = 1_767_225_600;
const monthSec = 31 * 86_400;

function eventOf(type: string, object: Fields, atSec: number): BillingEvent {
  const event = { object: 'event', type, livemode: true, created: atSec, data: { object } };
  const read = normalizeEvent({ ...event, id: `evt_${type}_${object.id}_${atSec}` }, atSec);
  if (read.kind !== 'event') throw new Error(read.kind);
  return read.event;
}

/** A price in several currencies: its `unit_amount` is in the first of them. */
function price(currency: string, changes: object = {}) {
  const recurring = { interval: 'month', interval_count: 1, usage_type: 'licensed' };
  const amount = { unit_amount: 4_900, unit_amount_decimal: '4900' };
  return { id: `price_${currency}`, currency, billing_scheme: 'per_unit', recurring, ...amount, ...changes };
}

/** A subscription in a currency of its own, in the shape of today or from before 2025. */
function subscribed(id: string, currency: string | undefined, ofPrice: object, afterSec = 0, isOld = false) {
  const atSec = madeSec + afterSec;
  const period = { current_period_start: atSec, current_period_end: atSec + monthSec };
  const item = {
    id: `si_${id}`,
    quantity: 1,
    ...(isOld ? { plan: ofPrice } : { price: ofPrice, ...period }),
  };
  const object = { id, customer: 'cus_1', status: 'active', created: atSec, items: { data: [item] } };
  const subscription = { ...object, currency, ...(isOld ? period : {}) };
  return eventOf('customer.subscription.created', subscription, atSec);
}

const plan = (currency: string) => {
  const { recurring, ...shared } = price(currency);
  return { ...shared, amount: 4_900, interval: 'month', interval_count: 1, usage_type: 'licensed' };
};

function twice(currency: string | undefined, ofPrice: object, isOld = false) {
  const pair = [
    subscribed('sub_1', currency, ofPrice, 0, isOld),
    subscribed('sub_2', currency, ofPrice, 180, isOld),
  ];
  const [found, ...others] = findingsOf(pair);
  expect(others).toEqual([]);
  expect(found?.detector).toBe('duplicate-subscription');
  return found;
}

it.each([
  ['euros, of a price in dollars first', 'eur', price('usd'), false],
  ['dinars, of a price in yen first', 'kwd', price('jpy'), false],
  ['euros, of a plan of old in dollars', 'eur', plan('usd'), true],
])('says no amount of two subscriptions in %s', (_name, currency, ofPrice, isOld) => {
  const found = twice(currency, ofPrice, isOld);
  expect(found).toMatchObject({ atStakeMinor: null, money: { currency }, severity: 'medium' });
  expect(`${found?.summary} ${found?.headline} ${found?.severityReason}`).not.toMatch(/[$€¥\d]\d|KWD/);
});

it.each([
  ['its price’s first currency', 'usd', price('usd'), false, 'usd', '$49.00'],
  ['a currency in capitals', 'EUR', price('eur'), false, 'eur', '€49.00'],
  ['a shape without a currency of its own', undefined, price('usd'), false, 'usd', '$49.00'],
  ['a shape from before 2025', 'usd', plan('usd'), true, 'usd', '$49.00'],
])('says the amount of two subscriptions in %s', (_name, currency, ofPrice, isOld, known, amount) => {
  const found = twice(currency, ofPrice, isOld);
  expect(found).toMatchObject({ atStakeMinor: 4_900, money: { currency: known } });
  expect(found?.summary).toContain(`of ${amount}`);
});

/** A renewal's invoice, so that the customer is known to be billed in that currency. */
function renewed(currency: string, afterSec: number) {
  const period = { start: madeSec, end: madeSec + monthSec };
  const line = { id: 'il_1', amount: 4_900, currency, period };
  const object = {
    id: `in_${currency}`,
    customer: 'cus_1',
    currency,
    status: 'open',
    created: madeSec + afterSec,
    billing_reason: 'subscription_cycle',
    amount_due: 4_900,
    total: 4_900,
    lines: { data: [line], has_more: false },
    parent: { subscription_details: { subscription: `sub_of_${currency}` } },
  };
  return eventOf('invoice.finalized', object, madeSec + afterSec);
}

it.each([
  ['another currency', 'eur', price('usd'), null],
  ['the price’s own currency', 'usd', price('usd'), 4_900],
  ['a shape without a currency of its own', undefined, price('usd'), 4_900],
])(
  'says of a missed renewal in %s what is known of its amount',
  async (_name, currency, ofPrice, atStakeMinor) => {
    const history = [renewed('usd', 60), renewed('eur', 120), subscribed('sub_1', currency, ofPrice)];
    const findings = await renewalLife(history, madeSec + monthSec + 50 * 3600);
    expect(findings).toMatchObject([{ detector: 'missed-renewal', object: 'sub_1', atStakeMinor }]);
  },
);

it('says nothing of a missed renewal after a change to a price of another first currency', async () => {
  const change = subscribed('sub_1', 'eur', price('usd'), 0);
  const changed = { ...change, id: 'evt_changed', occurredAtSec: madeSec + 300 };
  const history = [
    renewed('usd', 60),
    renewed('eur', 120),
    subscribed('sub_1', 'eur', price('eur')),
    changed,
  ];
  const [found] = await renewalLife(history, madeSec + monthSec + 50 * 3600);
  expect(found?.atStakeMinor).toBeNull();
});
