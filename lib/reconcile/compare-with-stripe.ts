import { type AccountFact, factsOf } from '../domain/account/account-facts-of.ts';
import type { SeenOf } from '../domain/account/certificate.ts';
import type { AccountKey, BillingEvent } from '../domain/events/billing-event.ts';
import { stripeAccountOf } from '../domain/events/of-account.ts';
import type { Fields } from '../stripe/event/fields.ts';
import { impliedEvents } from '../stripe/event/implied-events.ts';
import { normalizeEvent } from '../stripe/event/normalize.ts';
import { UnreadableEventError } from '../stripe/event/unreadable-event-error.ts';

/** Events and objects that Stripe lists for a time window. */
export interface StripeObjects {
  readonly events: readonly Fields[];
  readonly objects: readonly Fields[];
}

export interface Comparison {
  readonly events: SeenOf;
  readonly objects: SeenOf;
  /** Unseen events in order of time: Stripe's own, and those implied by objects that no event reports. */
  readonly missing: readonly BillingEvent[];
}

/**
 * Compares what Stripe lists with what we saw. What we would not use is not counted: an event without meaning to us,
 * money that is only authorised. Nor are unreadable events, which the webhook has set aside. Ids are compared by 40
 * bits: among a million, a missing one has a chance of one in a million to count as seen. Pure.
 * @param facts of the hours in which the listed events happened, and of some hours after
 */
export function compareWithStripe(
  key: AccountKey,
  books: StripeObjects,
  facts: readonly AccountFact[],
  nowSec: number,
): Comparison {
  const { connectedAccount } = stripeAccountOf(key.account);
  const events = books.events.flatMap((event) =>
    readable(() => {
      const read = normalizeEvent({ ...event, account: connectedAccount }, nowSec);
      return read.kind === 'event' ? [{ ...read.event, account: key.account }] : [];
    }),
  );
  const lives = books.objects
    .map((object) => readable(() => impliedEvents(object, key, nowSec)))
    .filter(hasBegun);

  const seen = seenIn(facts);
  const missingEvents = events.filter((event) => !seen.event(event));
  const missingLives = lives.filter(([first]) => !seen.object(first));
  const reported = seenIn(missingEvents.flatMap(factsOf));
  const unreported = missingLives.filter(([first]) => !reported.object(first)).flat();
  return {
    events: { made: events.length, seen: events.length - missingEvents.length },
    objects: { made: lives.length, seen: lives.length - missingLives.length },
    missing: [...missingEvents, ...unreported]
      .sort((a, b) => a.occurredAtSec - b.occurredAtSec)
      .map((event) => ({ ...event, isFetched: true })),
  };
}

/** Events of one object. The first reports the object; later ones may report something else, such as a refund. */
type Life = readonly [BillingEvent, ...BillingEvent[]];

function hasBegun(life: readonly BillingEvent[]): life is Life {
  return life.length > 0;
}

function readable(read: () => readonly BillingEvent[]): readonly BillingEvent[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableEventError) return [];
    throw error;
  }
}

/** Counters that show that an object was seen at all. */
const ofObjects: readonly AccountFact['counter'][] = ['charge', 'dispute', 'object', 'refund'];

function seenIn(facts: readonly AccountFact[]) {
  const most = new Map<string, number>();
  const nameOf = ({ counter, hash }: AccountFact): string => `${counter} ${hash}`;
  for (const fact of facts) {
    const name = nameOf(fact);
    most.set(name, Math.max(most.get(name) ?? 0, fact.value));
  }
  /** Checks a fact. A refund's value is the sum so far: a later one is larger. */
  const has = (fact: AccountFact): boolean =>
    (most.get(nameOf(fact)) ?? -1) >= (fact.counter === 'refund' ? fact.value : 0);
  return {
    event: (event: BillingEvent) => factsOf(event).some((one) => one.counter === 'event' && has(one)),
    object: (event: BillingEvent) =>
      factsOf(event).some((one) => ofObjects.includes(one.counter) && has(one)),
  };
}
