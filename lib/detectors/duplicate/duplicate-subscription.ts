import type { SubscriptionEvent } from '../../domain/events/billing-event.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { SubscriptionItem } from '../../domain/events/subscription.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { subscriptionMoneyState } from '../../domain/finding/money-state.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { billedUnit } from '../../domain/record/billed-unit.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import type { Observation } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { daySec, hourSec } from '../../domain/time.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleSubscription, monthAtSec } from '../examples/example-events.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';

const againSec = hourSec; //  a page that seems to have failed is tried again within the hour; a second team is added on another day
const newSec = daySec; //  reported while it is new, not at each renewal

export const duplicateSubscription = defineDetector({
  id: 'duplicate-subscription',
  question: 'Does this customer have one subscription twice?',
  certainty: 'unusual',
  basis: 'two subscriptions to one price within an hour are seldom meant',
  nextSteps: [
    'Open the customer in Stripe and ask whether both subscriptions are wanted.',
    'If not, cancel the newer one at once and refund its first payment.',
    'Ask the developers whether the sign-up can be sent twice: it needs an idempotency key.',
  ],
  blindSpots: [
    'A second subscription more than an hour after the first, or to another price: it may be wanted.',
    'Customers who have had several to one price before.',
    'Trials and subscriptions that wait for their first payment, until they are active.',
    'The same person as two customers.',
    'What they come to, in another currency than the price’s first one: the events do not hold that amount.',
  ],
  needsRealTime: true,
  on: ['subscription_created', 'subscription_updated'],
  judge(event, record) {
    const { subscription, occurredAtSec } = event;
    const isNew = occurredAtSec - subscription.createdAtSec <= newSec;
    if (!isNew || subscription.status !== 'active' || subscription.isChanging) return [];
    const judgements = subscription.items.flatMap((item) => judgeItem(event, item, record) ?? []);
    return judgements.slice(0, 1); // two subscriptions are one mistake, however many items they have
  },
});

function judgeItem(
  event: SubscriptionEvent,
  item: SubscriptionItem,
  record: CustomerRecord,
): Judgement | undefined {
  const { subscription } = event;
  const own = objectHash(subscription.id);
  const { createdAtSec } = subscription;
  const [twin, ...more] = liveOn(item.price, record).filter(({ hash }) => hash !== own);
  if (twin === undefined) return;
  // Who has several, wants several. The first two were reported before there was a third, whichever of them arrives last.
  const isOlder = ({ atSec, hash }: Observation) =>
    atSec < createdAtSec || (atSec === createdAtSec && hash < own);
  if (more.some(isOlder)) return;
  const apartSec = Math.abs(twin.atSec - createdAtSec);
  if (apartSec > againSec) return;
  const minutes = Math.max(1, Math.ceil(apartSec / 60));
  const isPerUnit = item.pricing === 'per_unit' && !item.metered;
  const unitMinor = Number((isPerUnit ? billedUnit(item, subscription) : null) ?? Number.NaN);
  const worthMinor = Math.round(unitMinor * (item.quantity ?? 1));
  const currency = subscription.currency ?? 'xxx'; // ISO 4217's own code for "the event does not say"
  const isKnown = Number.isSafeInteger(worthMinor) && subscription.currency !== null;
  const each = isKnown ? ` of ${formatMoney(worthMinor, currency)}` : '';
  return {
    about: [own, twin.hash].sort((a, b) => a - b).join(' '),
    severity: isKnown ? stakeSeverity(worthMinor, currency) : 'medium',
    severityReason: 'Both renew until someone cancels one.',
    summary: `${customerLabel(event)} has two active subscriptions${each} to one price, made within ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    headline: `two active subscriptions${each} to one price`,
    measure: { kind: 'quantity', unit: '', what: 'active subscriptions to one price' },
    actual: 2,
    expected: { low: 0, high: 1 },
    boundary: 1,
    rule:
      'Two active subscriptions of one customer to one price are flagged when they were made within ' +
      `${againSec / 60} minutes of each other, and the customer has no others to it.`,
    history: { count: 0, points: [] },
    breakdown: null,
    atStakeMinor: isKnown ? worthMinor : null,
    money: subscriptionMoneyState(currency),
  };
}

/** The customer's items at a price that bill as they say, oldest first; each observation is of its subscription. */
function liveOn(price: string, { subscriptions }: CustomerRecord): readonly Observation[] {
  return [...subscriptions]
    .flatMap(([key, series]) => {
      const item = /^(.*):price$/.exec(key)?.[1];
      const named = series.at(-1);
      if (item === undefined || named === undefined || named.value !== objectHash(price)) return [];
      const isLive = subscriptions.get(seriesKey.item(item, 'live'))?.at(-1)?.value === 1;
      return isLive ? [named] : [];
    })
    .sort((a, b) => a.atSec - b.atSec || a.hash - b.hash);
}

/** A subscription that was made so many seconds after the first. */
function made(afterSec: number, id: string, changes: Partial<SubscriptionItem> = {}): SubscriptionEvent {
  const event = exampleSubscription(0, { id: `si_${id}`, ...changes }, 'subscription_created');
  const createdAtSec = monthAtSec(0) + afterSec;
  const subscription = { ...event.subscription, id: `sub_${id}`, createdAtSec };
  return { ...event, id: `evt_${id}`, occurredAtSec: createdAtSec, subscription };
}

function inEuros(event: SubscriptionEvent): SubscriptionEvent {
  return { ...event, subscription: { ...event.subscription, currency: 'eur' } };
}

export const examples: Examples = () => {
  const first = made(0, 'first');
  const second = made(240, 'second');
  const ended = {
    ...first,
    id: 'evt_ended',
    kind: 'subscription_deleted',
    occurredAtSec: monthAtSec(0) + 200,
  } as const;
  return {
    fires: [
      { name: 'the same plan again within minutes', history: [first], event: second },
      {
        name: 'a price in several currencies, billed in another than its first: no amount is known',
        history: [inEuros(first)],
        event: inEuros(second),
      },
      { name: 'the first of the two, when its event arrives later', history: [second], event: first },
      {
        name: 'the first two of three, when the third, made a day later, arrives before them',
        history: [made(90_000, 'third'), first],
        event: second,
      },
    ],
    quiet: [
      { name: 'another plan', history: [first], event: made(240, 'second', { price: 'price_max' }) },
      {
        name: 'the same plan for a second team, on another day',
        history: [first],
        event: made(90_000, 'second'),
      },
      { name: 'the first was cancelled', history: [first, ended], event: second },
      { name: 'a third one', history: [first, made(120, 'other')], event: second },
      {
        name: 'a trial',
        history: [first],
        event: { ...second, subscription: { ...second.subscription, status: 'trialing' } },
      },
      {
        name: 'its renewal, months later',
        history: [first, second],
        event: { ...second, kind: 'subscription_updated', occurredAtSec: monthAtSec(3) },
      },
    ],
  };
};
