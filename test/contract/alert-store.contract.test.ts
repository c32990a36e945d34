import type { AccountKey } from '../../lib/domain/events/billing-event.ts';
import type { Outcome } from '../../lib/domain/finding/alert.ts';
import { type AlertStore, leaseSec } from '../../lib/store/alert/alert-store.ts';
import { dynamoAlertStore } from '../../lib/store/alert/dynamo-alert-store.ts';
import { allOf } from '../fixtures/all-of.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { memoryAlertStore } from '../fixtures/memory/memory-alert-store.ts';
import { draftSpike, nowSec } from '../unit/message/sample-findings.ts';

const stores: readonly [string, () => Promise<{ store: AlertStore; stop(): Promise<void> }>][] = [
  ['memory', async () => ({ store: memoryAlertStore(), stop: async () => {} })],
  [
    'DynamoDB',
    async () => {
      const { client, tableName, stop } = await startDynaliteTable();
      return { store: dynamoAlertStore(client, tableName), stop };
    },
  ],
];

describe.each(stores)('the alert store in %s', (_name, start) => {
  let store: AlertStore;
  let stop: () => Promise<void>;
  let key: AccountKey;
  let accounts = 0;
  const findingOf = (id: string) => ({ ...draftSpike, ...key, id });
  const idsWaiting = async (limit = 100) =>
    (await store.waiting(key, limit)).map(({ finding }) => finding.id);

  beforeAll(async () => {
    ({ store, stop } = await start());
  });
  afterAll(() => stop());
  beforeEach(() => {
    accounts += 1;
    key = { account: `acct_${accounts}`, livemode: true };
  });

  it('lets a finding wait once, however often it is filed, and never again after it was mailed', async () => {
    const finding = findingOf('a');
    expect(await Promise.all([store.file(finding, nowSec), store.file(finding, nowSec + 1)])).toEqual([
      true,
      true,
    ]);
    const waiting = await store.waiting(key, 10);
    expect(waiting).toMatchObject([{ finding, mailedAtSec: null, outcome: null }]);
    await store.recordMailed(waiting, nowSec + 60);
    expect(await store.file(finding, nowSec + 90)).toBe(false);
    expect(await idsWaiting()).toEqual([]);
    expect(await store.load(finding)).toMatchObject({ finding, mailedAtSec: nowSec + 60 });
  });

  it('gives what waits in the order it was filed, of its account and mode alone', async () => {
    await store.file(findingOf('late'), nowSec + 2);
    await store.file(findingOf('early'), nowSec);
    await store.file(findingOf('between'), nowSec + 1);
    await store.file({ ...findingOf('test'), livemode: false }, nowSec);
    expect(await idsWaiting()).toEqual(['early', 'between', 'late']);
    expect(await idsWaiting(2)).toEqual(['early', 'between']);
  });

  it('names the accounts that have something waiting, until they have nothing', async () => {
    const isNamed = async () =>
      (await store.accountsWaiting()).some(({ account, livemode }) => account === key.account && livemode);
    expect(await isNamed()).toBe(false);
    await store.file(findingOf('a'), nowSec);
    expect(await isNamed()).toBe(true);
    await store.recordMailed(await store.waiting(key, 10), nowSec);
    expect(await store.waiting(key, 10)).toEqual([]);
    expect(await isNamed()).toBe(false);
  });

  it('takes hundreds at once', async () => {
    const ids = Array.from({ length: 260 }, (_, index) => `many${String(index).padStart(3, '0')}`);
    await Promise.all(ids.map((id) => store.file(findingOf(id), nowSec)));
    const waiting = await store.waiting(key, 1_000);
    expect(waiting.map(({ finding }) => finding.id).sort()).toEqual(ids);
    await store.recordMailed(waiting, nowSec);
    expect(await idsWaiting()).toEqual([]);
    expect(await allOf(store.mailedSince(key, nowSec))).toHaveLength(260);
  });

  it('gives the turn to one, until it is ended or has run out', async () => {
    const turns = await Promise.all([store.acquireLease(key, nowSec), store.acquireLease(key, nowSec)]);
    expect(turns.filter((turn) => turn !== 'held')).toHaveLength(1);
    expect(await store.acquireLease(key, nowSec + leaseSec - 1)).toBe('held');
    const next = await store.acquireLease(key, nowSec + leaseSec);
    if (next === 'held') throw new Error('The turn did not run out.');
    await store.releaseLease(next, [], []);
    expect(await store.acquireLease(key, nowSec + leaseSec + 1)).not.toBe('held');
  });

  it('remembers for a day what was mailed, but not from whoever lost the turn', async () => {
    const first = await store.acquireLease(key, nowSec);
    const second = await store.acquireLease(key, nowSec + leaseSec);
    if (first === 'held' || second === 'held') throw new Error('There was no turn.');
    await store.releaseLease(first, [{ atSec: nowSec, topic: 'lost' }], []);
    const note = { atSec: nowSec + leaseSec, topic: 'price:price_1' };
    const refused = [{ reader: 'ann@acme.example', code: 'a', sinceSec: nowSec, retryAtSec: nowSec + 9 }];
    await store.releaseLease(second, [note], refused);
    expect(await store.acquireLease(key, nowSec + 200)).toMatchObject({ mailed: [note], refused });
    expect(await store.acquireLease(key, nowSec + 2 * 86_400)).toMatchObject({ mailed: [] });
  });

  it('loads many in the order of their ids, without those that it does not know', async () => {
    for (const id of ['a', 'b', 'c']) await store.file(findingOf(id), nowSec);
    const alerts = await store.loadAll(key, ['c', 'unknown', 'a']);
    expect(alerts.map(({ finding }) => finding.id)).toEqual(['c', 'a']);
    expect(await store.loadAll(key, [])).toEqual([]);
  });

  it('records once that alerts were mailed, however often the same is recorded', async () => {
    await store.file(findingOf('a'), nowSec);
    const alerts = await store.waiting(key, 10);
    for (let times = 0; times < 2; times += 1) await store.recordMailed(alerts, nowSec + 5);
    expect(await allOf(store.mailedSince(key, nowSec))).toHaveLength(1);
  });

  it('lets what is muted never wait, and leaves alone what waits already', async () => {
    await store.fileMuted(findingOf('muted'), nowSec + 86_400, nowSec);
    expect(await store.file(findingOf('muted'), nowSec + 90_000)).toBe(false);
    const outcome: Outcome = { kind: 'muted', untilSec: nowSec + 86_400, atSec: nowSec };
    expect(await store.load({ ...key, id: 'muted' })).toMatchObject({ mailedAtSec: null, outcome });
    await store.file(findingOf('waiting'), nowSec);
    await store.fileMuted(findingOf('waiting'), nowSec + 86_400, nowSec);
    expect(await idsWaiting()).toEqual(['waiting']);
  });

  it('records what became of an alert, and takes it back', async () => {
    await store.file(findingOf('a'), nowSec);
    await store.recordMailed(await store.waiting(key, 10), nowSec);
    const outcome: Outcome = { kind: 'snoozed', untilSec: nowSec + 86_400, atSec: nowSec };
    await store.recordOutcome({ ...key, id: 'a' }, outcome);
    expect(await allOf(store.mailedSince(key, nowSec))).toMatchObject([{ outcome }]);
    await store.recordOutcome({ ...key, id: 'a' }, null);
    expect(await store.load({ ...key, id: 'a' })).toMatchObject({ outcome: null });
    await store.recordOutcome({ ...key, id: 'unknown' }, outcome);
    expect(await store.load({ ...key, id: 'unknown' })).toBeUndefined();
  });
});

it('names an account in DynamoDB as long as something waits, whichever call is the last of its reader', async () => {
  const { client, tableName, stop } = await startDynaliteTable();
  try {
    let callsLeft = Number.POSITIVE_INFINITY;
    client.middlewareStack.add(
      (next) => async (args) => {
        callsLeft -= 1;
        const answer = await next(args);
        if (callsLeft < 0) throw new Error('The reader dies; what it asked for is done.');
        return answer;
      },
      { step: 'initialize' },
    );
    const store = dynamoAlertStore(client, tableName);
    for (const calls of [0, 1, 2, 3, 4]) {
      const key = { account: `acct_${calls}`, livemode: true };
      await store.file({ ...draftSpike, ...key }, nowSec);
      callsLeft = calls;
      await store.waiting(key, 10).catch(() => undefined);
      callsLeft = Number.POSITIVE_INFINITY;
      expect(await store.accountsWaiting()).toContainEqual(key);
    }
  } finally {
    await stop();
  }
});
