import { hourSec } from '../time.ts';
import { type AccountFact, type CounterName, counterNames } from './account-facts-of.ts';

/** What an account did in one hour; a counter that is missing is zero. */
export type HourCounts = ReadonlyMap<CounterName | 'late', CounterValue>;

export interface CounterValue {
  /** Distinct objects. */
  readonly count: number;
  /** Minor units by currency; empty where no money is counted. */
  readonly money: ReadonlyMap<string, number>;
}

/** From when on a delivery is late, in minutes: Stripe's first retries come within the hour. */
const lateMinutes = 60;

/** @example hourOf(7201) // 2 */
export function hourOf(atSec: number): number {
  return Math.floor(atSec / hourSec);
}

/**
 * Counts distinct objects. A pure function of the *set* of facts, so that shards can be counted together, and
 * repeats and order change nothing: of several facts of one object the largest amount counts (refunds are sent
 * as sums so far), and the quickest delivery.
 * For example, `countHour([charge, charge]).get('charge')?.count` is 1.
 */
export function countHour(facts: Iterable<AccountFact>): HourCounts {
  const objectsByCounter = new Map<CounterName, Map<number, AccountFact>>();
  for (const seen of facts) {
    if (!isCounted(seen)) continue;
    const objects = objectsByCounter.get(seen.counter) ?? new Map<number, AccountFact>();
    const known = objects.get(seen.hash);
    if (known === undefined || supersedes(seen, known)) objects.set(seen.hash, seen);
    objectsByCounter.set(seen.counter, objects);
  }
  const counts = new Map<CounterName | 'late', CounterValue>();
  for (const [name, objects] of objectsByCounter) counts.set(name, counterValueOf([...objects.values()]));
  const late = [...(objectsByCounter.get('active')?.values() ?? [])].filter(
    ({ value }) => value >= lateMinutes,
  );
  if (late.length > 0) counts.set('late', counterValueOf(late));
  return counts;
}

const counted: ReadonlySet<string> = new Set(counterNames);

/** Scores are sampled, and traces are for reconcile alone. */
function isCounted(seen: AccountFact): seen is AccountFact & { counter: CounterName } {
  return counted.has(seen.counter);
}

/** A total order on what is said of one object in one hour. */
function supersedes(a: AccountFact, b: AccountFact): boolean {
  if (a.value !== b.value) return a.counter === 'active' ? a.value < b.value : a.value > b.value;
  return a.currency < b.currency;
}

function counterValueOf(facts: readonly AccountFact[]): CounterValue {
  const money = new Map<string, number>();
  for (const { currency, value } of facts) {
    if (currency !== '') money.set(currency, (money.get(currency) ?? 0) + value);
  }
  return { count: facts.length, money };
}
