import type { Answer } from '../../lib/domain/finding/answer.ts';
import type { AnswerStore } from '../../lib/store/alert/answer-store.ts';
import { dynamoAnswerStore } from '../../lib/store/alert/dynamo-answer-store.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { memoryAnswerStore } from '../fixtures/memory/memory-answer-store.ts';

const stores: readonly [string, () => Promise<{ store: AnswerStore; stop(): Promise<void> }>][] = [
  ['memory', async () => ({ store: memoryAnswerStore(), stop: async () => {} })],
  [
    'DynamoDB',
    async () => {
      const { client, tableName, stop } = await startDynaliteTable();
      return { store: dynamoAnswerStore(client, tableName), stop };
    },
  ],
];

describe.each(stores)('the answer store in %s', (_name, start) => {
  let store: AnswerStore;
  let stop: () => Promise<void>;
  let customers = 0;
  let first: Answer;

  beforeAll(async () => {
    ({ store, stop } = await start());
  });
  afterAll(() => stop());
  beforeEach(() => {
    customers += 1;
    first = {
      account: 'self',
      livemode: true,
      customer: `cus_${customers}`,
      detector: 'amount-spike',
      alert: 'a',
      object: 'in_1',
      condition: 'in_1',
      kind: 'planned',
      untilSec: 1_798_000_000,
      atSec: 1_795_442_400,
      resolved: null,
      count: 1,
    };
  });

  it('keeps the last answer to each alert', async () => {
    const second: Answer = { ...first, kind: 'expected', untilSec: null, count: 2 };
    const other: Answer = { ...first, alert: 'b' };
    expect(await store.give(first)).toBe(true);
    expect(await store.give(other)).toBe(true);
    expect(await store.give(second)).toBe(true);
    expect(await store.about(first)).toEqual([second, other]);
  });

  it('keeps what is said of a customer whose id is as long as one can be, in any script', async () => {
    const answer = { ...first, customer: '😀'.repeat(255) };
    expect(await store.give(answer)).toBe(true);
    expect(await store.about(answer)).toEqual([answer]);
    expect(await store.about({ ...answer, customer: '株'.repeat(255) })).toEqual([]);
  });

  it('keeps one of several that are given at once, and none that comes late', async () => {
    const three = await Promise.all([1, 2, 3].map((atSec) => store.give({ ...first, atSec })));
    expect(three.filter(Boolean)).toHaveLength(1);
    const kept = await store.about(first);
    expect(await store.give({ ...first, kind: 'error' })).toBe(false);
    expect(await store.give({ ...first, kind: 'error', count: 3 })).toBe(false);
    expect(await store.about(first)).toEqual(kept);
  });

  it('keeps customers, detectors, accounts and modes apart', async () => {
    await store.give(first);
    const others: readonly Partial<Answer>[] = [
      { customer: null },
      { customer: `${first.customer}0` },
      { detector: 'amount' },
      { account: 'acct_1' },
      { livemode: false },
    ];
    for (const other of others) expect(await store.about({ ...first, ...other })).toEqual([]);
  });

  it('keeps what is said of the whole account, which is no customer', async () => {
    const account: Answer = {
      ...first,
      account: `acct_${customers}`,
      customer: null,
      detector: 'failure-rate',
    };
    expect(await store.give(account)).toBe(true);
    expect(await store.about(account)).toEqual([account]);
  });
});
