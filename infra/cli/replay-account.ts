import type { AccountDetector } from '../../lib/detectors/define-account.ts';
import { freshHours } from '../../lib/domain/account-past.ts';
import { type AccountState, emptyAccountState } from '../../lib/domain/account-state.ts';
import type { AccountKey, BillingEvent } from '../../lib/domain/billing-event.ts';
import type { Finding } from '../../lib/domain/finding.ts';
import { hourOf } from '../../lib/domain/hour-counts.ts';
import { type Sighting, sightingsOf } from '../../lib/domain/sightings-of.ts';
import { hoursToRead, sweepAccount } from '../../lib/sweep.ts';

const everySec = 300;

/**
 * The sweeps of one account on the clock of its events' arrival. A sweep that can find nothing new, as nothing came
 * since the last and the hour is the same, is left out.
 */
export function replayAccount(key: AccountKey, detectors: readonly AccountDetector[]) {
  const hours = new Map<number, Map<string, Sighting>>();
  let state: AccountState = emptyAccountState;
  let dueSec = 0;
  const changed = new Set<number>();

  function sweep(nowSec: number): readonly Finding[] {
    const { from, to } = hoursToRead(state, nowSec);
    const read = new Map<number, readonly Sighting[]>();
    for (let hour = from; hour <= to; hour += 1) {
      const sightings = hours.get(hour);
      const isNews = changed.has(hour) || hour > to - freshHours;
      if (sightings !== undefined && isNews) read.set(hour, [...sightings.values()]);
    }
    if (to - from > freshHours) for (const hour of hours.keys()) if (hour < from) hours.delete(hour);
    state = sweepAccount(key, state, read, nowSec, detectors);
    for (const hour of changed) if (hour >= from) changed.delete(hour);
    return state.findings;
  }

  return {
    /** The sweeps that are due before an event arrives at this time. */
    *until(arrivedAtSec: number): Generator<Finding> {
      if (dueSec === 0) dueSec = Math.ceil(arrivedAtSec / everySec) * everySec;
      while (dueSec <= arrivedAtSec) {
        yield* sweep(dueSec);
        const nextHourSec = (hourOf(dueSec) + 1) * 3600;
        dueSec =
          arrivedAtSec >= nextHourSec ? nextHourSec : Math.ceil((arrivedAtSec + 1) / everySec) * everySec;
      }
    },
    see(event: BillingEvent): void {
      for (const sighting of sightingsOf(event)) {
        const hour = hourOf(sighting.atSec);
        const seen = hours.get(hour) ?? new Map<string, Sighting>();
        seen.set(Object.values(sighting).join(' '), sighting);
        hours.set(hour, seen);
        changed.add(hour);
      }
    },
  };
}
