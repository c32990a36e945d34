import type { AccountPast } from '../../domain/account/account-past.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import type { Subscription } from '../../domain/events/subscription.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { hasCome, isOverdue, type RenewalLook } from '../../domain/record/is-overdue.ts';
import { itemsWorth, renewingItems } from '../../domain/record/renewing-items.ts';
import { daySec, hourSec } from '../../domain/time.ts';
import { revenueDrop } from '../account/revenue-drop.ts';
import type { AccountJudgement } from '../define-account.ts';
import type { RenewalDetector, RenewalExamples } from '../define-renewal.ts';
import { exampleInvoice, exampleSubscription, monthAtSec } from '../examples/example-events.ts';
import { accountJudgement } from '../finding/account-judgement.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';
import { isInKnownOutage } from './in-known-outage.ts';

const graceHours = 48; // Stripe makes the invoice within the hour, and tries for hours to deliver it
const neighbourHours = 24; // so far from each other two renewals can still be missed for one reason
const nearest = 10; // renewals due just before and just after one that are looked at with it, ...
const fewest = 3; //   customers missed among them have one reason: where 1 in 100 is missed, chance does it 1 time in 60
const clear = 2; //    that came just before and just after it: where one reason strikes every other one, 1 time in 16

export const missedRenewal: RenewalDetector = {
  kind: 'renewal',
  id: 'missed-renewal',
  question: 'Has a subscription’s period ended without an invoice for the next?',
  certainty: 'unusual',
  basis: 'an active subscription is billed when its period ends',
  nextSteps: [
    'Open the subscription in Stripe: is it active, and what does its schedule say of the next invoice?',
    'If no invoice was made, make it now: each day that passes makes it harder to collect.',
    'If the invoice is there, ask the platform team why its webhooks did not reach us.',
  ],
  blindSpots: [
    'Plans of more than 100 days: people renew them, often late and by another subscription.',
    'Daily plans: the next day’s invoice is taken for the missing one.',
    'One of several subscriptions of a customer, when another one was billed since.',
    'Subscriptions without an event since their last renewal: when their period ends is not known.',
    'A period that has begun without an invoice: Stripe makes one with each.',
    'Paused or unpaid subscriptions, and those that a schedule or a pending update may change.',
  ],
  graceHours,
  neighbourHours,
  overAfterHours: neighbourHours,
  judge: (hour, neighbours, past) => {
    const missed = neighbours.map((look) => isOverdue(look) && !isInKnownOutage(past, look.due.dueSec));
    const shared = new Set(
      neighbours.filter((_, index) => missed[index] && sharesItsCause(index, neighbours, missed)),
    );
    const ofHour = neighbours.filter(({ due }, index) => missed[index] && hourOf(due.dueSec) === hour);
    const alone = ofHour.filter((look) => !shared.has(look));
    const foundAs = isRevenueDrop([...shared], neighbours, past) ? revenueDrop : missedRenewal;
    return {
      alone: alone.map((look) => ({ ...look, judgement: judgement(look) })),
      together: alone.length < ofHour.length ? { ...judgementOfMany([...shared]), foundAs } : undefined,
    };
  },
};

/** Whether several customers were missed among those that were due just before and after it, the nearest too. */
function sharesItsCause(
  index: number,
  neighbours: readonly RenewalLook[],
  missed: readonly boolean[],
): boolean {
  const next = missed.slice(Math.max(0, index - clear), index + clear + 1);
  if (next.filter(Boolean).length === 1) return false;
  const from = Math.max(0, index - nearest);
  const to = index + nearest + 1;
  const others = neighbours.slice(from, to).filter((_, offset) => missed[from + offset]);
  return new Set(others.map(({ due }) => due.customer)).size >= fewest;
}

/**
 * Whether half of what was due in the day that began with them was missed, or they fell into a drop that was reported.
 * Then revenue-drop finds them in the payments, later, and it is reported once.
 */
function isRevenueDrop(
  shared: readonly RenewalLook[],
  neighbours: readonly RenewalLook[],
  past: AccountPast,
) {
  const first = shared[0]?.due.dueSec ?? Number.POSITIVE_INFINITY;
  const reported = past.episodes.get(revenueDrop.id) ?? [];
  if (reported.some(({ sinceSec, lastSec }) => sinceSec <= first && first <= lastSec)) return true;
  const ofDay = ({ due }: RenewalLook): boolean => due.dueSec >= first && due.dueSec < first + daySec;
  const came = neighbours.filter((look) => ofDay(look) && hasCome(look));
  return shared.filter(ofDay).length >= came.length;
}

function judgement({ due, record }: RenewalLook): Judgement {
  const { customer, subscription, dueSec } = due;
  const worth = itemsWorth(renewingItems(due, record), record);
  const amount = worth && formatMoney(worth.amountMinor, worth.currency);
  const label = customerLabel({ customerName: null, customer });
  return {
    about: `${subscription} ${dueSec}`,
    severity: worth === undefined ? 'medium' : stakeSeverity(worth.amountMinor, worth.currency),
    severityReason: `${amount ?? 'What the period costs'} has not been billed.`,
    summary: `No invoice came for the renewal of ${label}’s subscription, due ${timeWords(dueSec)}${amount === undefined ? '' : `, of ${amount}`}.`,
    headline: `no invoice for the renewal of ${timeWords(dueSec).slice(0, 10)}`,
    measure: { kind: 'quantity', unit: '', what: 'invoices for the renewal' },
    actual: 0,
    expected: { low: 1, high: 1 },
    typical: 1,
    boundary: 1,
    rule: `${graceHours} hours after its period ended, the subscription is still to renew at that time, and no renewal of this customer was billed since.`,
    history: { count: 0, points: [] },
    breakdown: null,
    atStakeMinor: worth?.amountMinor ?? null,
    money: {
      currency: worth?.currency ?? 'xxx',
      state: 'unbilled',
      collection: 'charged',
      finalizesAtSec: null,
      dueAtSec: null,
    },
  };
}

function judgementOfMany(looks: readonly RenewalLook[]): AccountJudgement {
  const [first, last] = [looks[0]?.due.dueSec ?? 0, looks.at(-1)?.due.dueSec ?? 0]; // they come in order
  const customers = [...new Set(looks.map(({ due }) => due.customer))];
  return accountJudgement({
    sinceSec: first,
    page: 'subscriptions',
    severity: 'high',
    severityReason: `${customers.length} customers have not been billed for their next period.`,
    summary: `No invoice came for the renewals of ${customers.length} customers, due from ${timeWords(first)} to ${timeWords(last)}: ${namesOf(customers)}.`,
    what: 'customers whose renewal brought no invoice',
    unit: 'customers',
    actual: customers.length,
    expected: { low: 0, high: fewest - 1 },
    typical: 0,
    boundary: fewest - 1,
    rule: `At least ${fewest} customers without an invoice, among ${nearest} that were due just before and ${nearest} just after, have one reason.`,
    money: sumByCurrency(looks),
    points: [],
  });
}

const named = 3; // customers in a sentence

function namesOf(customers: readonly string[]): string {
  const names = customers.slice(0, named).map((customer) => customerLabel({ customerName: null, customer }));
  const left = customers.length - names.length;
  return left === 0 ? names.join(', ') : `${names.join(', ')} and ${left} more`;
}

/** @example timeWords(1767225600) // '2026-01-01 00:00 UTC' */
function timeWords(atSec: number): string {
  return `${new Date(atSec * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function sumByCurrency(looks: readonly RenewalLook[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { due, record } of looks) {
    const worth = itemsWorth(renewingItems(due, record), record);
    if (worth !== undefined) sums.set(worth.currency, (sums.get(worth.currency) ?? 0) + worth.amountMinor);
  }
  const dollars = ([currency, minor]: readonly [string, number]) => minor / approximateUsd(1, currency);
  return [...sums].sort((a, b) => dollars(b) - dollars(a));
}

export const examples: RenewalExamples = () => {
  const first = exampleInvoice(0, 41_000);
  const active = exampleSubscription(0);
  const later = (changes: Partial<Subscription>) => {
    const event = exampleSubscription(0.1, { periodEndSec: monthAtSec(1) });
    return { ...event, subscription: { ...event.subscription, ...changes } };
  };
  const after = { ...exampleSubscription(1), occurredAtSec: monthAtSec(1) + 40 * hourSec };
  return {
    fires: [
      { name: 'an active subscription without an invoice for its next month', history: [first, active] },
      { name: 'a trial that ended without its first bill', history: [later({ status: 'trialing' })] },
      {
        name: 'usage that was not billed',
        history: [exampleSubscription(0, { metered: true, quantity: null })],
      },
      {
        name: 'only a one-off invoice since',
        history: [active, exampleInvoice(1, 9_900, { billingReason: 'manual' })],
      },
      {
        name: 'a cancellation taken back',
        history: [
          active,
          later({ endsWithPeriod: true }),
          exampleSubscription(0.5, { periodEndSec: monthAtSec(1) }),
        ],
      },
      { name: 'an end that is set for later', history: [later({ endsAtSec: monthAtSec(6) })] },
    ],
    quiet: [
      { name: 'the invoice was made', history: [active, exampleInvoice(1, 41_000)] },
      {
        name: 'only the payment of its invoice was delivered',
        history: [active, exampleInvoice(1, 41_000, {}, 'invoice_paid')],
      },
      {
        name: 'an invoice that was voided again',
        history: [active, exampleInvoice(1, 41_000, { status: 'void' }, 'invoice_voided')],
      },
      { name: 'the next period has begun', history: [active, exampleSubscription(1)] },
      { name: 'a yearly plan', history: [exampleSubscription(0, { intervalDays: 366 })] },
      {
        name: 'a price whose interval is not known',
        history: [exampleSubscription(0, { intervalDays: null })],
      },
      { name: 'cancelled with the end of the period', history: [active, later({ endsWithPeriod: true })] },
      { name: 'set to end by then', history: [active, later({ endsAtSec: monthAtSec(1) })] },
      { name: 'collection is paused', history: [active, later({ isPaused: true })] },
      { name: 'a schedule decides', history: [active, later({ isChanging: true })] },
      { name: 'its payments failed before', history: [active, later({ status: 'past_due' })] },
      { name: 'it ended', history: [active, exampleSubscription(1, {}, 'subscription_deleted')] },
      {
        name: 'a trial that ended without a card, and is paused',
        history: [
          later({ status: 'trialing' }),
          { ...after, subscription: { ...after.subscription, status: 'paused' } },
        ],
      },
      {
        name: 'an upgrade that began a new period with another item',
        history: [active, exampleSubscription(0.5, { id: 'si_2', periodEndSec: monthAtSec(1.5) })],
      },
      {
        name: 'no event says when its period ends',
        history: [first, exampleSubscription(0, { periodEndSec: null })],
      },
    ],
  };
};
