import {
  exampleCharge,
  exampleInvoice,
  exampleSubscription,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent, SubscriptionEvent } from '../../../../lib/domain/events/billing-event.ts';
import { renewalsDue } from '../../../../lib/domain/record/renewals-due.ts';

/** A subscription whose items end at these times. */
function endingAt(...times: readonly (number | null)[]): SubscriptionEvent {
  const items = times.flatMap((periodEndSec, index) => {
    return exampleSubscription(0, { id: `si_${index}`, periodEndSec }).subscription.items;
  });
  const event = exampleSubscription(0);
  return { ...event, subscription: { ...event.subscription, items } };
}

it.each<readonly [string, SubscriptionEvent, readonly number[]]>([
  ['one for a subscription', exampleSubscription(0), [monthAtSec(1)]],
  ['one for items that end together', endingAt(monthAtSec(1), monthAtSec(1)), [monthAtSec(1)]],
  [
    'one an interval for items that end apart',
    endingAt(monthAtSec(3), monthAtSec(1)),
    [monthAtSec(3), monthAtSec(1)],
  ],
  ['none for items that do not renew', endingAt(null, monthAtSec(1)), [monthAtSec(1)]],
  ['none for a subscription without items', endingAt(), []],
  ['none for one that has ended', exampleSubscription(0, {}, 'subscription_deleted'), []],
])('expects %s', (_name, event, times) => {
  const renewal = { subscription: 'sub_1', customer: 'cus_acme' };
  expect(renewalsDue(event)).toEqual(times.map((dueSec) => ({ ...renewal, dueSec })));
});

it.each<readonly [string, BillingEvent]>([
  ['under a test clock', { ...exampleSubscription(0), isSimulated: true }],
  ['of a subscription whose customer is unknown', { ...exampleSubscription(0), customer: null }],
  ['of an invoice', exampleInvoice(0, 900)],
  ['of a charge', exampleCharge(0, 900)],
])('expects nothing %s', (_name, event) => {
  expect(renewalsDue(event)).toEqual([]);
});
