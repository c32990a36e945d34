import type { Sighting } from './sightings-of.ts';

/** Who pays each price, by the `objectHash` of the price. */
export type PriceTakers = ReadonlyMap<number, PriceTaken>;

export interface PriceTaken {
  /** Of the first subscription event that named it, Unix seconds. */
  readonly sinceSec: number;
  /** `objectHash` of its customers, lowest first; of more than `enough` the lowest. */
  readonly customers: readonly number[];
}

const enough = 3; //           customers: one may have a price of their own, and two may be one company
const mostPrices = 2_000; //   70 KB of the account's state at the most; a price list has some dozens
const oldSec = 35 * 86_400; // by then every month's renewal has been billed at it, and a wrong one was told

/** What was known, and these sightings: a pure function of the set of all of them, up to `mostPrices`. */
export function learnTakers(known: PriceTakers, sightings: readonly Sighting[]): PriceTakers {
  const seen = sightings.filter(({ tally }) => tally === 'price');
  if (seen.length === 0) return known;
  const taken = seen.map(
    ({ hash, atSec, value }) => [hash, { sinceSec: atSec, customers: [value] }] as const,
  );
  return joinTakers(known, taken);
}

/** The takers of both. */
export function joinTakers(known: PriceTakers, other: Iterable<readonly [number, PriceTaken]>): PriceTakers {
  const joined = new Map(known);
  for (const [price, taken] of other) joined.set(price, both(joined.get(price), taken));
  return joined.size <= mostPrices ? joined : mostTaken(joined);
}

/** Prices that several customers pay, and have for so long that each was billed at them. */
export function sharedPrices(takers: PriceTakers, nowSec: number): readonly number[] {
  const shared = [...takers].filter(
    ([, { sinceSec, customers }]) => customers.length >= enough && sinceSec <= nowSec - oldSec,
  );
  return shared.map(([price]) => price).sort((a, b) => a - b);
}

function both(known: PriceTaken | undefined, { sinceSec, customers }: PriceTaken): PriceTaken {
  if (known === undefined) return { sinceSec, customers };
  const all = [...new Set([...known.customers, ...customers])].sort((a, b) => a - b);
  return { sinceSec: Math.min(known.sinceSec, sinceSec), customers: all.slice(0, enough) };
}

/** Prices made for one customer give way, the oldest first. */
function mostTaken(takers: PriceTakers): PriceTakers {
  const sorted = [...takers].sort(
    ([a, x], [b, y]) => y.customers.length - x.customers.length || y.sinceSec - x.sinceSec || a - b,
  );
  return new Map(sorted.slice(0, mostPrices));
}
