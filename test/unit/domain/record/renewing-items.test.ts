import {
  exampleInvoice,
  exampleSubscription,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent, SubscriptionEvent } from '../../../../lib/domain/events/billing-event.ts';
import type { SubscriptionItem } from '../../../../lib/domain/events/subscription.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { itemsWorth, renewingItems } from '../../../../lib/domain/record/renewing-items.ts';

const recordAfter = (events: readonly BillingEvent[]) =>
  events.reduce((before, event) => learn(event, before).record, emptyRecord);

/** The subscription as it stands at the start of the month, with these items. */
function subscribed(
  month: number,
  items: readonly Partial<SubscriptionItem>[],
  changes: Partial<SubscriptionEvent['subscription']> = {},
): SubscriptionEvent {
  const event = exampleSubscription(month);
  const all = items.flatMap((item) => exampleSubscription(month, item).subscription.items);
  return { ...event, subscription: { ...event.subscription, items: all, ...changes } };
}

const [seat, extra] = [{ id: 'si_1' }, { id: 'si_2', price: 'price_extra', unitAmountMinor: '500' }];

describe('renewingItems', () => {
  const due = { subscription: 'sub_1', customer: 'cus_acme', dueSec: monthAtSec(1) };
  const itemsAfter = (events: readonly BillingEvent[], dueSec = due.dueSec) =>
    renewingItems({ ...due, dueSec }, recordAfter(events));
  const both = subscribed(0, [seat, extra]);
  const later = { ...both, occurredAtSec: both.occurredAtSec + 60 };

  it.each<readonly [string, readonly BillingEvent[], readonly string[]]>([
    ['are all that end at that time', [both], ['si_1', 'si_2']],
    [
      'are not those that end at another time',
      [subscribed(0, [seat, { ...extra, periodEndSec: monthAtSec(2) }])],
      ['si_1'],
    ],
    [
      'are not those of another subscription',
      [both, subscribed(0, [{ id: 'si_other' }], { id: 'sub_other' })],
      ['si_1', 'si_2'],
    ],
    [
      'are not those that were taken off since',
      [both, { ...later, subscription: subscribed(0, [seat]).subscription }],
      ['si_1'],
    ],
    [
      'are none once it ends with the period',
      [both, { ...later, subscription: { ...both.subscription, endsWithPeriod: true } }],
      [],
    ],
    ['are none once it was renewed', [both, subscribed(1, [seat, extra])], []],
    ['are none of a subscription that no event has named', [exampleInvoice(0, 900)], []],
  ])('%s', (_name, events, items) => {
    expect(itemsAfter(events)).toEqual(items);
  });

  it('are due at the end of their period, and not a second later', () => {
    expect(itemsAfter([both], due.dueSec + 1)).toEqual([]);
  });
});

describe('itemsWorth', () => {
  const billed = exampleInvoice(0, 900);
  const worthAfter = (events: readonly BillingEvent[], items = ['si_1', 'si_2']) =>
    itemsWorth(items, recordAfter(events));

  it.each<readonly [string, Partial<SubscriptionItem>, number]>([
    ['adds up the items', {}, 41_500],
    ['is the unit price times the quantity', { quantity: 3 }, 123_500],
    ['counts an item of no seats as nothing', { quantity: 0 }, 500],
  ])('%s', (_name, changes, amountMinor) => {
    const after = [billed, subscribed(0, [{ ...seat, ...changes }, extra])];
    expect(worthAfter(after)).toEqual({ currency: 'usd', amountMinor });
  });

  it.each<readonly [string, Partial<SubscriptionItem>]>([
    ['usage', { metered: true }],
    ['tiers', { pricing: 'not_per_unit' }],
    ['an unknown quantity', { quantity: null }],
    ['a fraction of a cent', { unitAmountMinor: '0.5' }],
    ['a price without an interval', { intervalDays: null }],
    ['more than a number holds exactly', { unitAmountMinor: String(10 ** 15), quantity: 100 }],
  ])('is unknown of %s', (_name, changes) => {
    expect(worthAfter([billed, subscribed(0, [{ ...seat, ...changes }])], ['si_1'])).toBeUndefined();
  });

  it('is unknown when that of one item is', () => {
    const known = subscribed(0, [seat, { ...extra, metered: true }]);
    expect(worthAfter([billed, known])).toBeUndefined();
    expect(worthAfter([billed, known], ['si_1', 'si_gone'])).toBeUndefined();
    expect(worthAfter([billed, known], ['si_gone', 'si_1'])).toBeUndefined();
  });

  it('is unknown of no items', () => {
    expect(worthAfter([billed, subscribed(0, [seat])], [])).toBeUndefined();
  });

  it('is in the currency that the customer renews in', () => {
    const inEuros = subscribed(0, [{ ...seat, currency: 'eur' }], { currency: 'eur' });
    const euros = exampleInvoice(0, 900, { currency: 'eur' });
    expect(worthAfter([euros, inEuros], ['si_1'])).toEqual({ currency: 'eur', amountMinor: 41_000 });
    expect(worthAfter([billed, euros, inEuros], ['si_1'])).toEqual({ currency: 'eur', amountMinor: 41_000 });
    expect(worthAfter([billed, inEuros], ['si_1'])).toBeUndefined();
    expect(worthAfter([inEuros], ['si_1'])).toBeUndefined();
  });

  it('is unknown of a customer who is billed by hand only', () => {
    const byHand = exampleInvoice(0, 900, { billingReason: 'manual' });
    expect(worthAfter([byHand, subscribed(0, [seat])], ['si_1'])).toBeUndefined();
  });

  it('is unknown of two currencies together', () => {
    const other = { ...extra, currency: 'eur' };
    const mixed = [billed, exampleInvoice(1, 900, { currency: 'eur' })];
    const items = [subscribed(0, [seat]), subscribed(0, [other], { id: 'sub_2', currency: 'eur' })];
    expect(worthAfter([...mixed, ...items])).toBeUndefined();
  });

  it('is unknown when the unit price is that of the price before', () => {
    const moved = subscribed(1, [{ ...seat, price: 'price_extra', currency: 'eur' }], { currency: 'usd' });
    const before = [billed, subscribed(0, [seat, extra]), moved];
    expect(worthAfter(before, ['si_1'])).toBeUndefined();
  });
});
