import type { BillingEvent } from '../../events/billing-event.ts';
import type { CustomerRecord } from '../customer-record.ts';
import { observationsOf, type Place } from '../observations-of.ts';
import type { Observation } from '../series.ts';

/**
 * Whether the record has learnt an event, and no event of the same object that counts says something else: that it is
 * void, say, or a corrected amount. False, too, when its object has left the window.
 */
export function isCurrent(event: BillingEvent, record: CustomerRecord): boolean {
  const places = observationsOf(event);
  const [amount] = places;
  if (amount === undefined) return false;
  const known = knownAt(amount, record);
  if (known === undefined || known.revision < amount.seen.revision) return false;
  return places.every((place) => holds(place, record));
}

function holds(place: Place, record: CustomerRecord): boolean {
  const { seen } = place;
  const known = knownAt(place, record);
  return known === undefined || (known.value === seen.value && known.voided === seen.voided);
}

function knownAt({ part, key, seen }: Place, record: CustomerRecord): Observation | undefined {
  return record[part].get(key)?.find(({ hash, atSec }) => hash === seen.hash && atSec === seen.atSec);
}
