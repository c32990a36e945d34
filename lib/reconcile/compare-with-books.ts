import type { SeenOf } from '../domain/account/certificate.ts';
import { type Sighting, sightingsOf } from '../domain/account/sightings-of.ts';
import type { AccountKey, BillingEvent } from '../domain/events/billing-event.ts';
import type { Fields } from '../stripe/event/fields.ts';
import { impliedEvents } from '../stripe/event/implied-events.ts';
import { normalizeEvent } from '../stripe/event/normalize.ts';
import { UnreadableEventError } from '../stripe/event/unreadable-event-error.ts';

/** What Stripe's books have of some time. */
export interface Books {
  readonly events: readonly Fields[];
  readonly objects: readonly Fields[];
}

export interface Comparison {
  readonly events: SeenOf;
  readonly objects: SeenOf;
  /** What we have not seen, in order of time: Stripe's events, and those that objects imply of which no event tells. */
  readonly missing: readonly BillingEvent[];
}

/**
 * Stripe's books against what we saw. What we would not use is not counted: an event that says nothing to us, money
 * that is only authorised. Nor is what we can't read, which the webhook has set aside. Ids are compared by 40 bits:
 * among a million a missing one has a chance of one in a million to be taken for seen. Pure.
 *
 * @param sightings of the hours in which the books' events happened, and of some hours after
 */
export function compareWithBooks(
  key: AccountKey,
  books: Books,
  sightings: readonly Sighting[],
  nowSec: number,
): Comparison {
  const account = key.account === 'self' ? undefined : key.account;
  const events = books.events.flatMap((event) =>
    readable(() => {
      const read = normalizeEvent({ ...event, account }, nowSec);
      return read.kind === 'event' ? [read.event] : [];
    }),
  );
  const lives = books.objects
    .map((object) => readable(() => impliedEvents(object, key, nowSec)))
    .filter(hasBegun);

  const seen = seenIn(sightings);
  const missingEvents = events.filter((event) => !seen.event(event));
  const missingLives = lives.filter(([first]) => !seen.object(first));
  const told = seenIn(missingEvents.flatMap(sightingsOf));
  const untold = missingLives.filter(([first]) => !told.object(first)).flat();
  return {
    events: { made: events.length, seen: events.length - missingEvents.length },
    objects: { made: lives.length, seen: lives.length - missingLives.length },
    missing: [...missingEvents, ...untold]
      .sort((a, b) => a.occurredAtSec - b.occurredAtSec)
      .map((event) => ({ ...event, isFetched: true })),
  };
}

/** Its first event tells of it; those that follow may be told of something else, such as a refund. */
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

/** What tells that an object was seen at all. */
const ofObjects: readonly Sighting['tally'][] = ['charge', 'dispute', 'object', 'refund'];

function seenIn(sightings: readonly Sighting[]) {
  const most = new Map<string, number>();
  const nameOf = ({ tally, hash }: Sighting): string => `${tally} ${hash}`;
  for (const sighting of sightings) {
    const name = nameOf(sighting);
    most.set(name, Math.max(most.get(name) ?? 0, sighting.value));
  }
  /** Refunds are told as the sum so far: a later one is a larger one. */
  const has = (sighting: Sighting): boolean =>
    (most.get(nameOf(sighting)) ?? -1) >= (sighting.tally === 'refund' ? sighting.value : 0);
  return {
    event: (event: BillingEvent) => sightingsOf(event).some((one) => one.tally === 'event' && has(one)),
    object: (event: BillingEvent) =>
      sightingsOf(event).some((one) => ofObjects.includes(one.tally) && has(one)),
  };
}
