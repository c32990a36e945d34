import { gunzipSync, gzipSync } from 'node:zlib';
import type { AccountState } from '../domain/account-state.ts';
import type { HourCounts } from '../domain/hour-counts.ts';

/**
 * The sweep's state of one account as bytes: JSON, with maps as lists of entries, compressed. Ten weeks of a busy
 * account take about 15 KB. Read as the same release wrote it; `version` tells another one's apart.
 */
const version = 1;

interface Written extends Omit<AccountState, 'hours' | 'episodes'> {
  readonly version: number;
  readonly hours: readonly (readonly [number, readonly WrittenTally[]])[];
  readonly episodes: readonly (readonly [string, { about: string; lastSec: number }])[];
}

type WrittenTally = readonly [
  name: HourCounts extends ReadonlyMap<infer Name, unknown> ? Name : never,
  count: number,
  money: readonly (readonly [currency: string, minor: number])[],
];

/** The state was written by a newer release: deploying that release again is the way out. */
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
  const written: Written = {
    ...state,
    version,
    hours: [...state.hours].map(([hour, counts]) => [
      hour,
      [...counts].map(([name, { count, money }]) => [name, count, [...money]] as const),
    ]),
    episodes: [...state.episodes],
  };
  return gzipSync(JSON.stringify(written));
}

/** @throws {StateVersionError} the bytes are of another version */
export function decodeState(bytes: Uint8Array): AccountState {
  const { version: found, ...written } = JSON.parse(gunzipSync(bytes).toString('utf8')) as Written;
  if (found !== version) throw new StateVersionError(found);
  return {
    ...written,
    hours: new Map(
      written.hours.map(([hour, tallies]) => [
        hour,
        new Map(tallies.map(([name, count, money]) => [name, { count, money: new Map(money) }])),
      ]),
    ),
    episodes: new Map(written.episodes),
  };
}
