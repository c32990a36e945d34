import type { AccountKey, BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import type { Fields } from '../../../lib/stripe/event/fields.ts';
import { impliedEvents } from '../../../lib/stripe/event/implied-events.ts';
import { UnreadableEventError } from '../../../lib/stripe/event/unreadable-event-error.ts';

/** Some days in a row: what was made in each, and when it ends. */
export type Days = AsyncIterable<{ readonly toSec: number; readonly objects: readonly Fields[] }>;

/**
 * The events that objects imply, in order of time: what an object of one day implies for a later one waits until then.
 * @param subscriptions as they are now; they come first, whenever they were made
 * @param onUnreadable called with an object that can't be read; the rest continues
 */
export async function* pastEvents(
  key: AccountKey,
  days: Days,
  subscriptions: AsyncIterable<Fields>,
  onUnreadable: (object: Fields, reason: string) => void,
): AsyncGenerator<BillingEvent> {
  const read = (object: Fields): readonly BillingEvent[] => {
    try {
      return impliedEvents(object, key);
    } catch (error) {
      if (!(error instanceof UnreadableEventError)) throw error;
      onUnreadable(object, error.message);
      return [];
    }
  };
  const waiting: BillingEvent[] = [];
  for await (const subscription of subscriptions) waiting.push(...read(subscription));
  for await (const { toSec, objects } of days) {
    waiting.push(...objects.flatMap(read));
    waiting.sort((a, b) => a.occurredAtSec - b.occurredAtSec);
    const ready = waiting.findIndex(({ occurredAtSec }) => occurredAtSec >= toSec);
    yield* waiting.splice(0, ready === -1 ? waiting.length : ready);
  }
  yield* waiting;
}
