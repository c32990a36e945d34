import {
  exampleCharge,
  exampleInvoice,
  exampleSubscription,
} from '../../../../lib/detectors/examples/example-events.ts';
import { countersOf, factsOf } from '../../../../lib/domain/account/account-facts-of.ts';
import { countHour } from '../../../../lib/domain/account/hour-counts.ts';

const countersIn = (event: Parameters<typeof factsOf>[0]) => factsOf(event).map(({ counter }) => counter);

it('gives for each event the customer it made active, and what it counts', () => {
  expect(countersIn(exampleCharge(0, 900))).toEqual(['event', 'active', 'charge']);
  expect(countersIn(exampleCharge(0, 900, {}, 'charge_failed'))).toEqual([
    'event',
    'active',
    'failed',
    'object',
  ]);
  expect(countersIn(exampleInvoice(0, 900))).toEqual(['event', 'active', 'object']);
});

it('counts customers who leave after a trial, and none who never paid', () => {
  const ended = exampleSubscription(3, {}, 'subscription_deleted');
  const endedSince = (trialEndsAtSec: number | null) =>
    countersIn({ ...ended, subscription: { ...ended.subscription, trialEndsAtSec } });
  expect(endedSince(null)).toContain('churn');
  expect(endedSince(ended.occurredAtSec - 3601)).toContain('churn');
  expect(endedSince(ended.occurredAtSec - 3600)).not.toContain('churn');
  expect(endedSince(ended.occurredAtSec + 86_400)).not.toContain('churn');
});

it('makes no customer active by what Stripe did not deliver, so that its silence shows', () => {
  expect(countersIn({ ...exampleCharge(0, 900), isFetched: true })).toEqual(['event', 'charge']);
});

it('gives a replay, which reconciles nothing, all that is counted and no more', () => {
  for (const event of [exampleCharge(0, 900), exampleInvoice(0, 900)])
    expect(countersOf(event)).toEqual(
      factsOf(event).filter(({ counter }) => counter !== 'event' && counter !== 'object'),
    );
});

it('counts for no detector what only reconcile asks for', () => {
  expect([...countHour(factsOf(exampleInvoice(0, 900))).keys()]).toEqual(['active']);
});
