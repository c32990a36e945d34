import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { type AccountFact, accountFactNames } from '../../lib/domain/account/account-facts-of.ts';
import { type AccountState, emptyAccountState } from '../../lib/domain/account/account-state.ts';
import { noCalibration } from '../../lib/domain/account/calibration.ts';
import { countHour, type HourCounts, hourOf } from '../../lib/domain/account/hour-counts.ts';
import { noHours, withRecountedHours } from '../../lib/domain/account/hourly-counts.ts';
import { type AccountStore, StateConflictError } from '../../lib/store/account/account-store.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { statePieces } from '../../lib/store/account/state-pieces.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { hoursIn } from '../fixtures/hours-in.ts';
import { memoryAccountStore } from '../fixtures/memory/memory-account-store.ts';

const startSec = 1_767_225_600;
const startHour = hourOf(startSec);
const daySec = 86_400;

const fact = fc.record({
  counter: fc.constantFrom(...accountFactNames),
  currency: fc.constantFrom('', 'usd', 'jpy'),
  hash: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
  atSec: fc.integer({ min: startSec, max: startSec + 3 * 3600 - 1 }),
  value: fc.integer({ min: -1_000, max: 2 ** 44 }),
});

const state: AccountState = {
  ...emptyAccountState,
  listeningSinceSec: startSec,
  sweptAtSec: startSec + 300,
  hours: withRecountedHours(
    noHours,
    new Map<number, HourCounts>([
      [startHour, new Map([['charge', { count: 2, money: new Map([['usd', 1_900]]) }]])],
      [startHour + 1, new Map([['late', { count: 1, money: new Map() }]])],
    ]),
    startHour + 1,
  ),
  scores: new Map([
    [2_922, [{ counter: 'amount', currency: 'usd', hash: 7, atSec: startSec, value: 2 ** 43 }]],
  ]),
  prices: new Map([[7, [[2 ** 40 - 1, startSec]]]]),
  calibration: {
    amount: {
      centres: { usd: { centre: 8.5, weight: 1.5 } },
      spread: 0.35,
      shock: 0,
      months: 0.75,
      tails: [null, { value: 2.5, share: 0.01, slope: 0.6 }, null, null],
    },
    usage: null,
    prices: [7, 1_099_511_627_775],
  },
  episodes: new Map([['webhook-lag', [{ sinceSec: startSec, lastSec: startSec }]]]),
};

const stores: readonly [string, () => Promise<{ store: AccountStore; stop(): Promise<void> }>][] = [
  ['memory', async () => ({ store: memoryAccountStore(), stop: async () => {} })],
  [
    'DynamoDB',
    async () => {
      const { client, tableName, stop } = await startDynaliteTable();
      return { store: dynamoAccountStore(client, tableName), stop };
    },
  ],
];

describe.each(stores)('the account store in %s', (_name, start) => {
  let store: AccountStore;
  let stop: () => Promise<void>;
  let accounts = 0;
  const newKey = () => {
    accounts += 1;
    return { account: `acct_${accounts}`, livemode: true };
  };

  beforeAll(async () => {
    ({ store, stop } = await start());
  });
  afterAll(() => stop());

  it('counts the same, whatever the batches, the order and the repeats', async () => {
    const batches = fc.array(fc.array(fact, { maxLength: 5 }), { maxLength: 6 });
    const countsOf = async (batchesInOrder: readonly (readonly AccountFact[])[]) => {
      const key = newKey();
      for (const batch of batchesInOrder) await store.addAccountFacts(key, batch);
      return Promise.all(
        [0, 1, 2].map(async (hour) => countHour(await store.factsIn(key, startHour + hour))),
      );
    };
    const law = fc.asyncProperty(batches, async (some) => {
      const expected = [0, 1, 2].map((hour) =>
        countHour(some.flat().filter(({ atSec }) => hourOf(atSec) === startHour + hour)),
      );
      expect(await countsOf([...some.toReversed().map((batch) => batch.toReversed()), some.flat()])).toEqual(
        expected,
      );
    });
    await fc.assert(law, { numRuns: 20 });
  });

  it('lists an account once, each mode by itself', async () => {
    const key = newKey();
    const active: AccountFact = { counter: 'active', currency: '', hash: 1, atSec: startSec, value: 0 };
    await store.addAccountFacts(key, [active]);
    await store.addAccountFacts(key, [active, { ...active, hash: 2 }]);
    await store.addAccountFacts({ ...key, livemode: false }, [active]);
    const listed = (await store.accounts()).filter(({ account }) => account === key.account);
    expect(listed).toHaveLength(2);
    expect(listed).toEqual(expect.arrayContaining([key, { ...key, livemode: false }]));
  });

  it('gives back the state that was saved, and an empty one before', async () => {
    const key = newKey();
    const before = await store.loadState(key);
    expect(before.state).toEqual(emptyAccountState);
    await store.saveState(key, before, state);
    expect((await store.loadState(key)).state).toEqual(state);
  });

  it('gives back ten weeks of an account that trades in every currency, which fit no item', async () => {
    const key = newKey();
    const large = { ...state, hours: withRecountedHours(noHours, hoursIn(135, startHour), startHour) };
    const before = await store.loadState(key);
    await store.saveState(key, before, large);
    const loaded = await store.loadState(key);
    expect(loaded.state).toEqual(large);
    await expect(store.saveState(key, before, state)).rejects.toThrow(StateConflictError);
    expect((await store.loadState(key)).state).toEqual(large);
    await store.saveState(key, loaded, { ...large, sweptAtSec: 7 });
    await store.saveState(key, await store.loadState(key), state);
    expect((await store.loadState(key)).state).toEqual(state);
  });

  it('gives the calibration of the last state by itself, and none before', async () => {
    const key = newKey();
    expect(await store.loadCalibration(key)).toEqual(noCalibration);
    const before = await store.loadState(key);
    await store.saveState(key, before, state);
    expect(await store.loadCalibration(key)).toEqual(state.calibration);
    const known = await store.loadState(key);
    const moved = { ...state.calibration, usage: state.calibration.amount };
    await store.saveState(key, known, { ...known.state, calibration: moved });
    expect(await store.loadCalibration(key)).toEqual(moved);
  });

  it('refuses the second of two saves from one load', async () => {
    const key = newKey();
    const first = await store.loadState(key);
    await store.saveState(key, first, state);
    await expect(store.saveState(key, first, state)).rejects.toThrow(StateConflictError);
    const second = await store.loadState(key);
    await store.saveState(key, second, state);
    await expect(store.saveState(key, second, state)).rejects.toThrow(StateConflictError);
  });
});

it('costs one write unit for a batch of ten, however busy the hour is, and one a day to list the account', async () => {
  const { client, tableName, stop } = await startDynaliteTable();
  try {
    let units = 0;
    client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === PutItemCommand.name)
          Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const answer = await next(args);
        const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
        units += ConsumedCapacity?.CapacityUnits ?? 0;
        return answer;
      },
      { step: 'initialize' },
    );
    const store = dynamoAccountStore(client, tableName);
    const batch = (first: number): readonly AccountFact[] =>
      Array.from({ length: 40 }, (_, index) => {
        const counter = index % 2 === 0 ? 'active' : 'charge';
        return {
          counter,
          currency: 'usd',
          hash: 2 ** 39 + first + index,
          atSec: startSec + index,
          value: 99_999,
        };
      });
    for (let count = 0; count < 100; count += 1) {
      await store.addAccountFacts({ account: 'self', livemode: true }, batch(100 * count));
    }
    expect(units).toBe(101);
  } finally {
    await stop();
  }
});

it('lets a state expire long after its last sweep, and its pieces after it', async () => {
  const { client, tableName, stop } = await startDynaliteTable();
  try {
    const store = dynamoAccountStore(client, tableName);
    const key = { account: 'self', livemode: true };
    const large = { ...state, hours: withRecountedHours(noHours, hoursIn(135, startHour), startHour) };
    const expiries = async () => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
      const kept = Items.filter(({ sk }) => sk?.S?.startsWith('state'));
      return new Map(kept.map(({ sk, ttl }) => [sk?.S ?? '', Number(ttl?.N)]));
    };
    await store.saveState(key, await store.loadState(key), large);
    const first = await expiries();
    expect(first.size).toBeGreaterThan(2);
    const stateUntilSec = first.get('state') ?? 0;
    expect(stateUntilSec).toBeGreaterThan(large.sweptAtSec + 365 * daySec);
    for (const [sk, untilSec] of first)
      if (sk !== 'state') expect(untilSec).toBeGreaterThan(stateUntilSec + 14 * daySec);
  } finally {
    await stop();
  }
});

it('renews a piece that is kept', async () => {
  const { client, tableName, stop } = await startDynaliteTable();
  try {
    const pieces = statePieces(client, tableName, 'account#self#live');
    for (const ttl of ['1800000000', '1800086400']) {
      await pieces.put(new Uint8Array(700_000), { ttl: { N: ttl } });
      const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
      expect(new Set(Items.map((item) => item.ttl?.N))).toEqual(new Set([ttl]));
    }
  } finally {
    await stop();
  }
});

it('keeps a state that no sweep has seen, as a backfill writes it', async () => {
  const { client, tableName, stop } = await startDynaliteTable();
  try {
    const store = dynamoAccountStore(client, tableName);
    const key = { account: 'self', livemode: true };
    await store.saveState(key, await store.loadState(key), { ...state, sweptAtSec: 0 });
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
    expect(Items.find(({ sk }) => sk?.S === 'state')).not.toHaveProperty('ttl');
  } finally {
    await stop();
  }
});
