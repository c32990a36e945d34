import { exampleCharge, exampleInvoice, monthAtSec } from '../../lib/detectors/examples/example-events.ts';
import { emptyRecord, observeInRecord } from '../../lib/domain/record/customer-record.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { mostEvents, type RecentEvents } from '../../lib/store/record/recent-events.ts';
import { RecordConflictError, type RecordStore } from '../../lib/store/record/record-store.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { memoryRecordStore } from '../fixtures/memory/memory-record-store.ts';

const observation = {
  atSec: 1_767_225_600,
  hash: 7,
  value: 900,
  revision: 0,
  voided: false,
  verdict: 'none',
} as const;
const withCharge = observeInRecord(emptyRecord, 'charges', 'charge:usd', observation).record;
const withBoth = observeInRecord(withCharge, 'invoices', 'recurring:usd', observation).record;

const stores: readonly [
  string,
  () => Promise<{ store: RecordStore & RecentEvents; stop(): Promise<void> }>,
][] = [
  ['memory', async () => ({ store: memoryRecordStore(), stop: async () => {} })],
  [
    'DynamoDB',
    async () => {
      const { client, tableName, stop } = await startDynaliteTable();
      return { store: dynamoRecordStore(client, tableName), stop };
    },
  ],
];

describe.each(stores)('the record store in %s', (_name, start) => {
  let store: RecordStore & RecentEvents;
  let stop: () => Promise<void>;
  let customers = 0;
  const newKey = () => {
    customers += 1;
    return { account: 'self', livemode: true, customer: `cus_${customers}` };
  };

  beforeAll(async () => {
    ({ store, stop } = await start());
  });
  afterAll(() => stop());

  it('knows nothing of a customer it has never seen', async () => {
    expect((await store.load(newKey())).record).toEqual(emptyRecord);
  });

  it('gives back what was saved', async () => {
    const key = newKey();
    await store.save(key, await store.load(key), withBoth);
    expect((await store.load(key)).record).toEqual(withBoth);
  });

  it('keeps customers apart whose ids are as long as ids can be, in any script', async () => {
    const long = (character: string) => ({ ...newKey(), customer: character.repeat(255) });
    const [ours, others] = [long('😀'), long('株')];
    await store.save(ours, await store.load(ours), withCharge);
    expect((await store.load(ours)).record).toEqual(withCharge);
    expect((await store.load(others)).record).toEqual(emptyRecord);
  });

  it('refuses the second of two saves from one load', async () => {
    const key = newKey();
    const loaded = await store.load(key);
    await store.save(key, loaded, withCharge);
    await expect(store.save(key, loaded, withCharge)).rejects.toThrow(RecordConflictError);
  });

  it('refuses the loser of two saves at once', async () => {
    const key = newKey();
    await store.save(key, await store.load(key), withCharge);
    const loaded = await store.load(key);
    const after = observeInRecord(loaded.record, 'charges', 'charge:usd', { ...observation, hash: 8 }).record;
    const ends = await Promise.allSettled([store.save(key, loaded, after), store.save(key, loaded, after)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('writes only the part that changed, so that two parts can be written from one load', async () => {
    const key = newKey();
    const loaded = await store.load(key);
    await store.save(key, loaded, withCharge);
    const withInvoice = observeInRecord(emptyRecord, 'invoices', 'recurring:usd', observation).record;
    await store.save(key, loaded, { ...loaded.record, invoices: withInvoice.invoices });
    expect((await store.load(key)).record).toEqual(withBoth);
  });

  it('keeps accounts and modes apart', async () => {
    const key = newKey();
    await store.save(key, await store.load(key), withCharge);
    expect((await store.load({ ...key, livemode: false })).record).toEqual(emptyRecord);
    expect((await store.load({ ...key, account: 'acct_1' })).record).toEqual(emptyRecord);
  });

  it('reads the events that were kept from a time on, each once and in order of time', async () => {
    const key = newKey();
    const months = [3, 1, 2].map((month) => exampleInvoice(month, 900));
    const [third, first, second] = months;
    await store.keepEvents(key, months);
    await store.keepEvents(key, months.slice(1));
    await store.keepEvents({ ...key, livemode: false }, [exampleInvoice(4, 900)]);
    expect(await store.eventsSince(key, monthAtSec(0))).toEqual([first, second, third]);
    expect(await store.eventsSince(key, monthAtSec(2))).toEqual([second, third]);
    expect(await store.eventsSince(key, monthAtSec(2) + 1)).toEqual([third]);
    expect((await store.load(key)).record).toEqual(emptyRecord);
  });

  it('reads the nearest of more events than are judged again', async () => {
    const key = newKey();
    const charges = Array.from({ length: mostEvents + 1 }, (_, month) => exampleCharge(month, 900));
    await store.keepEvents(key, charges.toReversed());
    expect(await store.eventsSince(key, 0)).toEqual(charges.slice(0, mostEvents));
  });
});
