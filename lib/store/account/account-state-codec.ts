import { gunzipSync, gzipSync } from 'node:zlib';
import type { AccountFact } from '../../domain/account/account-facts-of.ts';
import type { AccountState } from '../../domain/account/account-state.ts';
import type { Episode } from '../../domain/account/episodes.ts';
import type { Tally } from '../../domain/account/hour-counts.ts';
import { byTally, dayOfHours, type HourlyCounts } from '../../domain/account/hourly-counts.ts';
import type { Adopter } from '../../domain/account/price-adoption.ts';

/**
 * The sweep's state of one account as bytes: JSON, with maps as lists of entries, compressed. Ten weeks of a busy
 * account take about 60 KB. Only the release that wrote it reads it; `version` identifies others.
 */
const version = 1;

interface Written extends Omit<AccountState, 'hours' | 'scores' | 'prices' | 'episodes'> {
  readonly version: number;
  readonly fromDay: number;
  readonly tallies: Readonly<Record<keyof HourlyCounts['tallies'], readonly (readonly WrittenTally[])[]>>;
  readonly scores: readonly (readonly [week: number, readonly WrittenScore[]])[];
  readonly prices: readonly (readonly [price: number, readonly Adopter[]])[];
  readonly episodes: readonly (readonly [string, readonly Episode[]])[];
}

/** A tally as JSON: only the count where there is no money, as in most hours. */
type WrittenTally =
  | number
  | readonly [count: number, ...money: (readonly [currency: string, minor: number])[]];

type WrittenScore = readonly [
  counter: AccountFact['counter'],
  currency: string,
  hash: number,
  atSec: number,
  value: number,
];

/** Thrown when the state was written by a newer release: deploy that release again. */
export class StateVersionError extends Error {
  constructor(found: unknown) {
    super(
      `The state of an account has version ${found}; this release reads ${version}. Deploy the newer release again.`,
    );
    this.name = 'StateVersionError';
  }
}

/** @example decodeState(encodeState(state)) // equals state */
export function encodeState(state: AccountState): Uint8Array {
  const { hours, ...rest } = state;
  const written: Written = {
    ...rest,
    version,
    fromDay: hours.fromDay,
    tallies: byTally((name) => hours.tallies[name].map((day) => day.hours.map(writeTally))),
    scores: [...state.scores].map(([week, scores]) => [
      week,
      scores.map(
        ({ counter, currency, hash, atSec, value }) => [counter, currency, hash, atSec, value] as const,
      ),
    ]),
    prices: [...state.prices],
    episodes: [...state.episodes],
  };
  return gzipSync(JSON.stringify(written));
}

/** Reads a state, written by `encodeState`. @throws {StateVersionError} the bytes are of another version */
export function decodeState(bytes: Uint8Array): AccountState {
  const {
    version: found,
    fromDay,
    tallies,
    ...written
  } = JSON.parse(gunzipSync(bytes).toString('utf8')) as Written;
  if (found !== version) throw new StateVersionError(found);
  return {
    ...written,
    hours: {
      fromDay,
      tallies: byTally((name) => tallies[name].map((hours) => dayOfHours(hours.map(readTally)))),
    },
    scores: new Map(
      written.scores.map(([week, scores]) => [
        week,
        scores.map(([counter, currency, hash, atSec, value]) => ({ counter, currency, hash, atSec, value })),
      ]),
    ),
    prices: new Map(written.prices),
    episodes: new Map(written.episodes),
  };
}

function writeTally({ count, money }: Tally): WrittenTally {
  return money.size === 0 ? count : [count, ...money];
}

function readTally(written: WrittenTally): Tally {
  const [count, ...money] = typeof written === 'number' ? [written] : written;
  return { count, money: new Map(money) };
}
