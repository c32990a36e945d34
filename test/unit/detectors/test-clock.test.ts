import { scoresOf } from '../../../lib/detectors/baseline/scores-of.ts';
import {
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  monthAtSec,
} from '../../../lib/detectors/examples/example-events.ts';
import { countersOf, factsOf } from '../../../lib/domain/account/account-facts-of.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { emptyRecord, partNames } from '../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../lib/domain/record/learn.ts';
import { renewalsDue } from '../../../lib/domain/record/renewals-due.ts';
import { encodePart } from '../../../lib/store/record/codec.ts';
import type { Fields } from '../../../lib/stripe/event/fields.ts';
import { findingsOf } from '../../fixtures/findings-of.ts';
import { renewalLife } from '../../fixtures/lives/renewal-life.ts';
import { inOurWords, testClockLife } from '../../fixtures/lives/test-clock-life.ts';
import { replayed } from '../../fixtures/replayed.ts';
import { seeded } from '../../fixtures/seeded.ts';

const named = (events: readonly BillingEvent[]) => [
  ...new Set(findingsOf(events).map(({ detector }) => detector)),
];

const succeeds = (charge: Fields) => ['charge.succeeded', charge] as const;
const stories: readonly [
  string,
  (month: number, charge: Fields) => readonly (readonly [type: string, charge: Fields])[],
  string,
][] = [
  ['a year of equal charges', (_month, charge) => [succeeds(charge)], 'duplicate-charge'],
  [
    'a card that is declined each month',
    (_month, charge) => [['charge.failed', { ...charge, amount_captured: 0, status: 'failed' }]],
    'failed-payments',
  ],
  [
    'each month given back',
    (_month, charge) => [succeeds(charge), ['charge.refunded', { ...charge, amount_refunded: 3_900 }]],
    'refund-spike',
  ],
];

describe.each(stories)('%s', (_name, ofCharge, detector) => {
  it('is nothing under a test clock', () => {
    expect(named(inOurWords(testClockLife(12, { ofCharge })))).toEqual([]);
  });

  it('is nothing where the objects do not say so, as their times can be no real ones', () => {
    expect(named(inOurWords(testClockLife(12, { ofCharge, clock: null })))).toEqual([]);
  });

  it('is something in real time', () => {
    expect(named(inOurWords(testClockLife(12, { ofCharge, livemode: true })))).toContain(detector);
  });

  it('is nothing when the events of some months arrive in another order', () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const draw = seeded(seed);
      const [first, ...others] = inOurWords(testClockLife(12, { ofCharge }));
      const moved = others.map((event, place) => ({ event, place: place + draw.integer(0, 12) }));
      const late = moved.toSorted((a, b) => a.place - b.place).map(({ event }) => event);
      expect(named(first === undefined ? late : [first, ...late])).toEqual([]);
    }
  });
});

it('says nothing of the account either: neither lateness, nor silence, nor renewals that are missed', async () => {
  for (const clockFromSec of [1_767_225_600, 1_795_424_400, 1_900_000_000]) {
    const life = testClockLife(12, { clockFromSec });
    const later = { ...life[0], id: 'evt_later', _received_at: (life[0]?._received_at ?? 0) + 60 * 86_400 };
    expect(await replayed([...life, later].map((event) => JSON.stringify(event)))).toEqual([]);
  }
});

it('expects no renewal in simulated time', async () => {
  const [subscribed] = inOurWords(testClockLife(1));
  const [inRealTime] = inOurWords(testClockLife(1, { clock: null, realFromSec: 1_767_225_600 }));
  if (subscribed === undefined || inRealTime === undefined) throw new Error('no life');
  expect(renewalsDue(subscribed)).toEqual([]);
  expect(await renewalLife([subscribed], subscribed.receivedAtSec + 90 * 86_400)).toEqual([]);
  expect(renewalsDue(inRealTime)).toHaveLength(1);
});

it('counts that an event came, when it came; and reconcile finds it where Stripe lists it', () => {
  const [event] = inOurWords(testClockLife(1));
  if (event === undefined) throw new Error('no life');
  expect(countersOf(event)).toMatchObject([{ counter: 'active', atSec: event.receivedAtSec, value: 0 }]);
  const traces = factsOf(event).filter(({ counter }) => counter === 'event' || counter === 'object');
  expect(traces.map(({ atSec }) => atSec)).toEqual(traces.map(() => event.occurredAtSec));
  expect(countersOf({ ...event, isFetched: true })).toEqual([]);
});

it('teaches the account nothing of what is usual', () => {
  let record = emptyRecord;
  for (const event of inOurWords(testClockLife(12))) {
    expect(scoresOf(event, record)).toEqual([]);
    record = learn(event, record).record;
  }
});

it('remembers the clock in any order of events', () => {
  const events = inOurWords(testClockLife(6));
  const bytesAfter = (some: readonly BillingEvent[]) => {
    const record = some.reduce((before, event) => learn(event, before).record, emptyRecord);
    return partNames.map((name) => Buffer.from(encodePart(record[name])).toString('hex'));
  };
  for (let seed = 0; seed < 20; seed += 1) {
    const draw = seeded(seed);
    const drawn = [...events, ...events].map((event) => ({ event, place: draw.integer(0, 1_000_000) }));
    const shuffled = drawn.sort((a, b) => a.place - b.place).map(({ event }) => event);
    expect(bytesAfter(shuffled)).toEqual(bytesAfter(events));
  }
});

const simulated = <Event extends BillingEvent>(event: Event): Event => ({
  ...event,
  livemode: false,
  isSimulated: true,
});
const subscribedAt = (afterSec: number, id: string) => {
  const event = exampleSubscription(0, { id: `si_${id}` }, 'subscription_created');
  const createdAtSec = monthAtSec(0) + afterSec;
  return { ...event, id: `evt_${id}`, subscription: { ...event.subscription, id, createdAtSec } };
};
const byHand = (id: string) => exampleInvoice(0, 9_900, { id, billingReason: 'manual' }, 'invoice_finalized');
const seats = (quantity: string) =>
  exampleInvoice(
    1,
    41_000 * Number(quantity),
    {
      lines: [exampleLine(1, 41_000 * Number(quantity), { quantity })],
    },
    'invoice_finalized',
  );

it.each<[string, readonly BillingEvent[], string]>([
  ['two subscriptions', [subscribedAt(0, 'sub_a'), subscribedAt(0, 'sub_b')], 'duplicate-subscription'],
  ['two invoices by hand', [byHand('in_a'), byHand('in_b')], 'duplicate-charge'],
  ['seats set after the bill was made', [exampleSubscription(1), seats('10')], 'amount-spike'],
])('takes %s of one frozen moment for days apart', (_name, events, detector) => {
  expect(named(events)).toContain(detector);
  expect(named(events.map(simulated))).toEqual([]);
});

it('still judges what a bill says by itself and against its like', () => {
  const months = [0, 1, 2, 3, 4, 5].map((month) => exampleInvoice(month, 41_000));
  const events = [...months, exampleInvoice(6, 410_001), exampleInvoice(7, 41_000, { totalMinor: 40_000 })];
  expect(named(events.map(simulated))).toEqual(['amount-spike', 'invoice-arithmetic']);
});
