import { type AccountFact, type CounterName, counterNames } from '../../domain/account/account-facts-of.ts';
import { type AccountPast, freshHours } from '../../domain/account/account-past.ts';
import { emptyAccountState } from '../../domain/account/account-state.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import { noHours, withRecountedHours } from '../../domain/account/hourly-counts.ts';
import { hourSec } from '../../domain/time.ts';
import { monthAtSec } from './example-events.ts';

/** A case of a detector of whole accounts: all that is known of one. */
interface PastExample {
  readonly name: string;
  readonly past: AccountPast;
}

/** As `Examples` of detectors of events. */
export type AccountExamples = () => {
  readonly fires: readonly PastExample[];
  readonly quiet: readonly PastExample[];
};

/** How often something happened in one hour. */
type Counts = Partial<Record<CounterName | 'late', number>>;

/** Half past noon on 2 April 2026, UTC. */
const nowSec = monthAtSec(3) + 36 * hourSec + 1800;
const weeks = 10;
const eachMinor = 5_000;
const names = [...counterNames, 'late'] as const;

/**
 * Ten weeks of an account in which four customers pay $50.00 in every hour, and what happened otherwise.
 * For example, `examplePast((hoursAgo) => (hoursAgo < 5 ? { active: 0, charge: 0 } : {}))` is five hours without anything.
 * @param happened in the hour that is so long ago; 0 is the current one
 */
export function examplePast(
  happened: (hoursAgo: number) => Counts,
  changes: Partial<AccountPast> = {},
): AccountPast {
  const now = hourOf(nowSec);
  const counted = Array.from({ length: weeks * 7 * 24 }, (_, hoursAgo) => {
    const counts: Counts = { active: 4, charge: 4, ...happened(hoursAgo) };
    const counters = names.map((name) => [name, counterValueOf(name, counts[name] ?? 0)] as const);
    return [now - hoursAgo, new Map(counters)] as const;
  });
  const hours = withRecountedHours(noHours, new Map(counted), now);
  const firstHour = now - counted.length + 1;
  return {
    ...emptyAccountState,
    nowSec,
    hours,
    firstHour,
    listeningSinceSec: firstHour * hourSec,
    fresh: [],
    overdueInSilence: [],
    ...changes,
  };
}

/** What a detector found in the hour that is so long ago. */
export function exampleIncident(detector: string, hoursAgo: number): Pick<AccountPast, 'episodes'> {
  const sinceSec = (hourOf(nowSec) - hoursAgo) * hourSec;
  return { episodes: new Map([[detector, [{ sinceSec, lastSec: sinceSec + hourSec }]]]) };
}

/** Things of one kind in the last minutes, of one object each, half a minute apart. */
export function exampleAccountFacts(counter: CounterName, hashes: readonly number[]): readonly AccountFact[] {
  const firstSec = nowSec - Math.min(hashes.length * 30, freshHours * hourSec);
  return hashes.map((hash, index) => ({
    counter,
    currency: '',
    hash,
    atSec: firstSec + index * 30,
    value: 0,
  }));
}

function counterValueOf(name: CounterName | 'late', count: number) {
  const hasMoney = name === 'charge' || name === 'refund' || name === 'dispute';
  return { count, money: new Map(hasMoney && count > 0 ? [['usd', count * eachMinor]] : []) };
}
