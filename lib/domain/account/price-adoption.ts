import { daySec } from '../time.ts';
import type { AccountFact } from './account-facts-of.ts';

/** Who pays each price, by the `objectHash` of the price: the first few that took it, oldest first. */
export type PriceAdopters = ReadonlyMap<number, readonly Adopter[]>;

/** `objectHash` of a customer, and the first subscription event that named the price, Unix seconds. */
export type Adopter = readonly [customer: number, sinceSec: number];

const enough = 3; //           customers: one may have a price of their own, and two may be one company
const mostPrices = 2_000; //   90 KB of the account's state at the most; a price list has some dozens
const oldSec = 35 * daySec; // by then every month's renewal has been billed at it, and a wrong one was reported

/** What was known, and these facts: a pure function of the set of all of them, up to `mostPrices`. */
export function learnAdopters(known: PriceAdopters, facts: readonly AccountFact[]): PriceAdopters {
  const seen = facts.filter(({ counter }) => counter === 'price');
  if (seen.length === 0) return known;
  return joinAdopters(
    known,
    seen.map(({ hash, atSec, value }) => [hash, [[value, atSec]]]),
  );
}

/** The takers of both. */
export function joinAdopters(
  known: PriceAdopters,
  other: Iterable<readonly [number, readonly Adopter[]]>,
): PriceAdopters {
  const joined = new Map(known);
  for (const [price, takers] of other) joined.set(price, oldest([...(joined.get(price) ?? []), ...takers]));
  return joined.size <= mostPrices ? joined : mostTaken(joined);
}

/** Prices that several customers pay, each for so long that they were billed at them. */
export function catalogPrices(takers: PriceAdopters, nowSec: number): readonly number[] {
  const shared = [...takers].filter(([, taken]) => (taken[enough - 1]?.[1] ?? nowSec) <= nowSec - oldSec);
  return shared.map(([price]) => price).sort((a, b) => a - b);
}

/** Each customer once. */
function oldest(takers: readonly Adopter[]): readonly Adopter[] {
  const since = new Map<number, number>();
  for (const [customer, sinceSec] of takers)
    since.set(customer, Math.min(sinceSec, since.get(customer) ?? sinceSec));
  return [...since].sort(([a, x], [b, y]) => x - y || a - b).slice(0, enough);
}

/** Prices made for one customer give way, the oldest first. */
function mostTaken(takers: PriceAdopters): PriceAdopters {
  const sorted = [...takers].sort(
    ([a, x], [b, y]) => y.length - x.length || (y[0]?.[1] ?? 0) - (x[0]?.[1] ?? 0) || a - b,
  );
  return new Map(sorted.slice(0, mostPrices));
}
