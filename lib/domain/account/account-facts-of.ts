import type { BillingEvent, SubscriptionEvent } from '../events/billing-event.ts';
import { isListed } from '../events/is-listed.ts';
import { objectHash } from '../events/object-hash.ts';
import { objectOf } from '../events/object-of.ts';
import { hourSec } from '../time.ts';

/**
 * What the account counts. `active`: customers something happened to, value = minutes until we heard of it;
 * `charge`, `refund`, `dispute`: minor units, of a refund all of the charge so far; `failed`: cards that were declined;
 * `churn`: subscriptions that ended after their trial.
 */
export const counterNames = ['active', 'charge', 'churn', 'dispute', 'failed', 'refund'] as const;
export type CounterName = (typeof counterNames)[number];

/** What is not counted but sampled, for the account's calibration: packed `Score`s. */
export const scoreNames = ['amount', 'usage'] as const;
export type ScoreName = (typeof scoreNames)[number];

/** What `reconcile` looks for: each event by itself, and invoices, failed charges and credit notes. */
const traceNames = ['event', 'object'] as const;

/** Stored by their place: a new one goes to the end. `price`: who pays it, value = `objectHash` of the customer. */
export const accountFactNames = [...counterNames, ...scoreNames, ...traceNames, 'price'] as const;
type AccountFactName = (typeof accountFactNames)[number];

/**
 * One thing seen in one hour: the same thing seen again is an equal fact, so that a *set* of facts counts
 * every change once, in any order and however often Stripe sends it, also as two different events.
 */
export interface AccountFact {
  readonly counter: AccountFactName;
  /** Lower-case ISO 4217; empty where no money is counted. */
  readonly currency: string;
  /** `objectHash` of the object that is counted: a charge, a customer, a card. */
  readonly hash: number;
  /** When it happened, not when it arrived. */
  readonly atSec: number;
  readonly value: number;
}

/**
 * What an event adds to its account's counts, and to what it knows of its prices. One that Stripe did not deliver makes
 * no customer `active`: that counts what is delivered, and so shows when nothing is. What happened in simulated time
 * happened in no hour of the account's; it only shows, when it comes, that something is delivered.
 * For example, `countersOf(chargeSucceeded).map(({ counter }) => counter)` is ['active', 'charge'].
 */
export function countersOf(event: BillingEvent): readonly AccountFact[] {
  const { receivedAtSec, isFetched, isSimulated } = event;
  const atSec = isSimulated ? receivedAtSec : event.occurredAtSec;
  const facts: AccountFact[] = [];
  if (!isFetched) {
    const hash = objectHash(event.customer ?? objectOf(event).id);
    const lateMinutes = Math.max(0, Math.floor((receivedAtSec - atSec) / 60));
    facts.push({ counter: 'active', currency: '', hash, atSec, value: lateMinutes });
  }
  if (isSimulated) return facts;
  const counted = countedIn(event);
  if (counted !== undefined) facts.push({ ...counted, atSec });
  return [...facts, ...pricesTaken(event)];
}

/**
 * The same, and what `reconcile` looks for.
 * For example, `factsOf(chargeSucceeded).map(({ counter }) => counter)` is ['event', 'active', 'charge'].
 */
export function factsOf(event: BillingEvent): readonly AccountFact[] {
  const trace = (counter: AccountFactName, id: string): AccountFact => {
    return { counter, currency: '', hash: objectHash(id), atSec: event.occurredAtSec, value: 0 };
  };
  return [
    trace('event', event.id),
    ...countersOf(event),
    ...(isObjectByItself(event) ? [trace('object', objectOf(event).id)] : []),
  ];
}

/** Whether no other counter counts the event's object by its id. */
function isObjectByItself(event: BillingEvent): boolean {
  return 'invoice' in event || 'creditNote' in event || event.kind === 'charge_failed';
}

function countedIn(event: BillingEvent): Omit<AccountFact, 'atSec'> | undefined {
  switch (event.kind) {
    case 'charge_succeeded': {
      const { id, currency, amountCapturedMinor: value } = event.charge;
      return { counter: 'charge', currency, hash: objectHash(id), value };
    }
    case 'charge_failed': {
      const { id, fingerprint } = event.charge;
      return { counter: 'failed', currency: '', hash: objectHash(fingerprint ?? id), value: 0 };
    }
    case 'charge_refunded': {
      const { id, currency, amountRefundedMinor: value } = event.charge;
      return { counter: 'refund', currency, hash: objectHash(id), value };
    }
    case 'dispute_created': {
      const { id, currency, amountMinor: value } = event.dispute;
      return { counter: 'dispute', currency, hash: objectHash(id), value };
    }
    case 'subscription_deleted':
      if (endedAsTrial(event)) return undefined;
      return { counter: 'churn', currency: '', hash: objectHash(event.subscription.id), value: 0 };
    default:
      return undefined;
  }
}

/**
 * What a customer has subscribed to and pays, or will at the next renewal. Of a subscription that was fetched only its
 * last state is known, not what it had when it was created.
 */
export function pricesTaken(event: BillingEvent): readonly AccountFact[] {
  const { kind, customer, occurredAtSec: atSec, isFetched } = event;
  if (isFetched && kind === 'subscription_created') return [];
  if (!('subscription' in event) || customer === null || event.subscription.status !== 'active') return [];
  const listed = event.subscription.items.filter(({ metered, price }) => !metered && isListed(price));
  return listed.map(({ price }) => {
    return { counter: 'price', currency: '', hash: objectHash(price), atSec, value: objectHash(customer) };
  });
}

/** Stripe waits an hour before it charges what follows a trial; a subscription that has ended by then was never paid. */
const afterTrialSec = hourSec;

/** Whether it ended as a trial: who never paid is no customer who leaves. */
function endedAsTrial({ occurredAtSec, subscription: { trialEndsAtSec } }: SubscriptionEvent): boolean {
  return trialEndsAtSec !== null && occurredAtSec <= trialEndsAtSec + afterTrialSec;
}
