import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import { accountFactNames } from '../../domain/account/account-facts-of.ts';
import type { AccountState } from '../../domain/account/account-state.ts';
import { calibrationShape } from '../../domain/account/calibration.ts';
import { episodeSchema } from '../../domain/account/episodes.ts';
import type { CounterValue } from '../../domain/account/hour-counts.ts';
import { byCounter, dayOfHours } from '../../domain/account/hourly-counts.ts';
import { findingShape } from '../../domain/finding/finding.ts';
import type { Immutable } from '../../domain/schema/immutable.ts';
import { readStored, written } from '../../domain/schema/stored-shape.ts';

/** The count alone where there is no money, as in most hours; else with minor units by currency. */
const counter = z.union([z.number(), z.tuple([z.number()], z.tuple([z.string(), z.number()]))]);

const score = z.tuple([z.enum(accountFactNames), z.string(), z.number(), z.number(), z.number()]);
const adopter = z.tuple([z.number(), z.number()]);

/**
 * The sweep's state of one account as it is stored: maps are lists of entries. Its calibration and its findings have
 * versions of their own. Ten weeks of a busy account take about 60 KB, compressed.
 */
export const accountStateShape = {
  what: 'The state of an account',
  version: 1,
  schema: z.object({
    listeningSinceSec: z.int(),
    sweptAtSec: z.int(),
    renewalsLookedUntil: z.int(),
    fromDay: z.int(),
    /** Values by counter, day and hour. */
    tallies: z.object(byCounter(() => z.array(z.array(counter)))),
    /** Scores by week: counter, currency, hash, second, value. */
    scores: z.array(z.tuple([z.number(), z.array(score)])),
    /** Customers by price; the first states had none. */
    prices: z.optional(z.array(z.tuple([z.number(), z.array(adopter)]))),
    /** Episodes by detector. */
    episodes: z.array(z.tuple([z.string(), z.array(episodeSchema)])),
    calibration: z.unknown(),
    findings: z.array(z.unknown()),
  }),
};

type StoredState = Immutable<z.infer<typeof accountStateShape.schema>>;
type StoredCounter = Immutable<z.infer<typeof counter>>;

/** For example, `decodeState(encodeState(state))` equals state. */
export function encodeState(state: AccountState): Uint8Array {
  const { hours, ...rest } = state;
  const stored: StoredState = {
    ...rest,
    fromDay: hours.fromDay,
    tallies: byCounter((name) => hours.counters[name].map((day) => day.hours.map(storedCounter))),
    scores: [...state.scores].map(([week, scores]) => [
      week,
      scores.map(
        ({ counter, currency, hash, atSec, value }) => [counter, currency, hash, atSec, value] as const,
      ),
    ]),
    prices: [...state.prices],
    episodes: [...state.episodes],
    calibration: written(state.calibration, calibrationShape.version),
    findings: state.findings.map((finding) => written(finding, findingShape.version)),
  };
  return gzipSync(JSON.stringify(written(stored, accountStateShape.version)));
}

/**
 * @throws {NewerVersionError} a newer release wrote it
 * @throws {MalformedValueError} the bytes hold no state
 */
export function decodeState(bytes: Uint8Array): AccountState {
  const json: unknown = JSON.parse(gunzipSync(bytes).toString('utf8'));
  const { fromDay, tallies, ...stored } = readStored(accountStateShape, json);
  return {
    ...stored,
    hours: {
      fromDay,
      counters: byCounter((name) => tallies[name].map((hours) => dayOfHours(hours.map(readCounter)))),
    },
    scores: new Map(
      stored.scores.map(([week, scores]) => [
        week,
        scores.map(([counter, currency, hash, atSec, value]) => ({ counter, currency, hash, atSec, value })),
      ]),
    ),
    prices: new Map(stored.prices),
    episodes: new Map(stored.episodes),
    calibration: readStored(calibrationShape, stored.calibration),
    findings: stored.findings.map((finding) => readStored(findingShape, finding)),
  };
}

function storedCounter({ count, money }: CounterValue): StoredCounter {
  return money.size === 0 ? count : [count, ...money];
}

function readCounter(stored: StoredCounter): CounterValue {
  const [count, ...money] = typeof stored === 'number' ? [stored] : stored;
  return { count, money: new Map(money) };
}
