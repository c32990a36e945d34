import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgePast } from '../../../infra/cli/backfill/judge-past.ts';
import { runBackfill } from '../../../infra/cli/backfill/run-backfill.ts';
import { judgesOf } from '../../../infra/cli/judges-of.ts';
import { memoryRenewalCalendar } from '../../../infra/cli/memory-renewal-calendar.ts';
import { findingRow } from '../../../infra/cli/replay/finding-lines.ts';
import { processCustomer } from '../../../lib/detect/pipeline.ts';
import { reportToSweep } from '../../../lib/detect/report-to-sweep.ts';
import { plainContext } from '../../../lib/detectors/context.ts';
import { defaultSettings } from '../../../lib/detectors/settings.ts';
import { missedRenewal } from '../../../lib/detectors/subscription/missed-renewal.ts';
import type { AccountState } from '../../../lib/domain/account/account-state.ts';
import { hourOf } from '../../../lib/domain/account/hour-counts.ts';
import {
  countBetween,
  counterAt,
  keptHours,
  withRecountedHours,
} from '../../../lib/domain/account/hourly-counts.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { type CustomerRecord, emptyRecord, partNames } from '../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../lib/domain/record/learn.ts';
import { encodePart } from '../../../lib/store/record/codec.ts';
import type { RecordStore } from '../../../lib/store/record/record-store.ts';
import { normalizeEvent } from '../../../lib/stripe/event/normalize.ts';
import { runSweep } from '../../../lib/sweep/run-sweep.ts';
import { type FakeStripe, startFakeStripe } from '../../fixtures/fake-stripe.ts';
import { type StripeLife, stripeLife } from '../../fixtures/lives/stripe-life.ts';
import { memoryAccountStore } from '../../fixtures/memory/memory-account-store.ts';
import { memoryRecordStore } from '../../fixtures/memory/memory-record-store.ts';
import { seeded } from '../../fixtures/seeded.ts';

const nowSec = 1_795_000_000;
const months = 4;
const sinceSec = Math.floor(nowSec / 86_400 - months * 30) * 86_400; // midnight, before all that happened
const judges = { ...judgesOf(defaultSettings), accountDetectors: [] };
const account = { account: 'self', livemode: true };

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'billingwatch-backfill-'));
  folders.push(folder);
  return folder;
}

function start(stripe: FakeStripe, records: RecordStore = memoryRecordStore(), folder = newFolder()) {
  const stores = { records, accounts: memoryAccountStore(), calendar: memoryRenewalCalendar() };
  const unreadable: string[] = [];
  const run = () =>
    runBackfill({
      ...account,
      ledger: stripe.ledger,
      sinceSec,
      nowSec,
      judges,
      stores,
      folder,
      onProgress: () => {},
      onUnreadable: (sentence) => void unreadable.push(sentence),
    });
  return { ...stores, folder, unreadable, run };
}

function bytes(record: CustomerRecord): readonly string[] {
  return partNames.map((name) => Buffer.from(encodePart(record[name])).toString('hex'));
}

function readAll({ events }: StripeLife): readonly BillingEvent[] {
  return events.flatMap((one) => {
    const read = normalizeEvent(one, one.created);
    return read.kind === 'event' ? [read.event] : [];
  });
}

/** Each customer's record after all webhooks. */
function streamed(events: readonly BillingEvent[]): ReadonlyMap<string, CustomerRecord> {
  const records = new Map<string, CustomerRecord>();
  for (const event of events) {
    const { customer } = event;
    if (customer !== null) records.set(customer, learn(event, records.get(customer) ?? emptyRecord).record);
  }
  return records;
}

async function expectRecords(store: RecordStore, expected: ReadonlyMap<string, CustomerRecord>) {
  for (const [customer, record] of expected) {
    const { record: found } = await store.load({ ...account, customer });
    expect([customer, ...bytes(found)]).toEqual([customer, ...bytes(record)]);
  }
}

let stripe: FakeStripe;
const lives = [1, 2].map((seed) => stripeLife(seeded(seed), nowSec, { customers: 40, months, spikes: 10 }));
const [life] = lives as [StripeLife, ...StripeLife[]];
beforeAll(async () => {
  stripe = await startFakeStripe(life.books);
});
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  await stripe.stop();
  for (const stop of stops) await stop();
});

it('leaves the very records that streaming the same past leaves, byte for byte', async () => {
  for (const one of lives) {
    const itsStripe = await startFakeStripe(one.books);
    const { records, run, unreadable } = start(itsStripe);
    await run();
    await itsStripe.stop();
    const expected = streamed(readAll(one));
    expect(expected.size).toBe(40);
    await expectRecords(records, expected);
    expect(unreadable).toEqual([]);
  }
});

it('adds to what was streamed meanwhile, in any order, and changes nothing the second time', async () => {
  const events = readAll(life);
  const draw = seeded(9);
  const records = memoryRecordStore();
  const some = events.filter(() => draw.chance(40)).toReversed();
  for (const [customer, record] of streamed([...some, ...some])) {
    const key = { ...account, customer };
    await records.save(key, await records.load(key), record);
  }
  await start(stripe, records).run();
  await expectRecords(records, streamed(events));
  const saved: unknown[] = [];
  const watched: RecordStore = {
    load: records.load,
    save: async (_key, loaded, after) => void saved.push(loaded.record === after),
  };
  await start(stripe, watched).run();
  expect(saved).toEqual(saved.map(() => true));
  expect(saved).toHaveLength(40);
});

it('resumes where it stopped interrupted, and leaves nothing but the report', async () => {
  const { records, run, folder } = start(stripe);
  const before = stripe.asked.length;
  await run();
  const asked = stripe.asked.length - before;
  expect(readdirSync(folder)).toEqual(['first-day-report.txt']);

  const broken = start(stripe);
  stripe.failAfter(asked / 2, 500);
  await expect(broken.run()).rejects.toThrow();
  const restart = stripe.asked.length;
  await start(stripe, broken.records, broken.folder).run();
  expect(stripe.asked.length - restart).toBeLessThan(0.55 * asked);
  await expectRecords(broken.records, streamed(readAll(life)));
  await expectRecords(records, streamed(readAll(life)));
});

it('reports what would have been caught, in money, and sends nothing', async () => {
  const { report, file } = await start(stripe).run();
  expect(readFileSync(file, 'utf8')).toBe(report);
  expect(report).toMatch(
    /^What BillingWatch would have caught from 2026-07-\d\d on\n\n[\d,]+ events of 40 customers/,
  );
  expect(report).toMatch(/^price-drift +2 {2}\(.*\), at stake \$[\d,.]+$/m);
  expect(report).toMatch(/^2026-1\d-\d\d \d\d:\d\d {2}\w+ +price-drift +Draft invoice to Company/m);
});

it('gives the sweep the counts of the hours before anyone listened, and the renewals to come', async () => {
  const { accounts, calendar, run } = start(stripe);
  const loaded = await accounts.loadState(account);
  const listeningSinceSec = nowSec - 10 * 86_400;
  const ownHour = hourOf(listeningSinceSec) + 1;
  const own = new Map([[ownHour, new Map([['charge' as const, { count: 1, money: new Map() }]])]]);
  const hours = withRecountedHours(loaded.state.hours, own, hourOf(nowSec));
  await accounts.saveState(account, loaded, { ...loaded.state, listeningSinceSec, hours });
  await run();
  const { state } = await accounts.loadState(account);
  expect(counterAt(state.hours, 'charge', ownHour)).toEqual({ count: 1, money: new Map() });
  const charges = readAll(life).filter(({ kind }) => kind === 'charge_succeeded');
  const earlier = charges.filter(({ occurredAtSec }) => {
    const hour = hourOf(occurredAtSec);
    return hour < hourOf(listeningSinceSec) && hour > hourOf(nowSec) - keptHours;
  });
  const counted = countBetween(state.hours, 'charge', 0, ownHour);
  expect(counted).toBe(earlier.length);
  const dues = await calendar.dueBetween(account, hourOf(nowSec), hourOf(nowSec) + 31 * 24);
  const going = life.books.subscriptions.filter(({ status }) => status === 'active');
  expect(dues.map(({ subscription }) => subscription).sort()).toEqual(going.map(({ id }) => id).sort());
});

it('warms the calibration: scores and bars are those of having streamed the past, and a second run changes none', async () => {
  const long = stripeLife(seeded(3), nowSec, { customers: 140, months, metered: 100 });
  const all = await streamedState(readAll(long));
  expect([...all.scores.values()].flat().length).toBeGreaterThan(100);
  expect(all.calibration.usage?.tails.some((tail) => tail !== null)).toBe(true);

  // What was scored before the backfill knew of nothing before it: the past knows better.
  const late = await streamedState(readAll(long).filter(({ occurredAtSec }) => occurredAtSec > nowSec - 9e5));
  expect(late.scores).not.toEqual(all.scores);
  const itsStripe = await startFakeStripe(long.books);
  stops.push(() => itsStripe.stop());
  const { accounts, run } = start(itsStripe);
  await accounts.saveState(account, await accounts.loadState(account), late);
  await run();
  const { state } = await accounts.loadState(account);
  // What a subscription had before its last renewal is not known: its price is known since then.
  expect(state).toMatchObject({ scores: all.scores, calibration: { ...all.calibration, prices: [] } });
  expect([...state.prices.keys()].sort()).toEqual([...all.prices.keys()].sort());
  await run();
  expect((await accounts.loadState(account)).state).toEqual(state);
});

/** What a sweep a day, the last one now, makes of webhooks that the detector took in order. */
async function streamedState(events: readonly BillingEvent[]): Promise<AccountState> {
  const [accounts, records, calendar] = [memoryAccountStore(), memoryRecordStore(), memoryRenewalCalendar()];
  const contextOf = async () => plainContext;
  const pipeline = { detectors: [], store: records, contextOf, sendFindings: async () => {} };
  const renewals = { calendar, store: records, detector: missedRenewal, off: [] };
  const sweep = { store: accounts, detectors: [], renewals, sendFindings: async () => {} };
  let sweptSec = nowSec - months * 30 * 86_400;
  for (const event of events) {
    for (; event.occurredAtSec > sweptSec; sweptSec += 86_400) await runSweep(sweptSec, sweep);
    await reportToSweep([event], { accounts, calendar }, await processCustomer([event], pipeline));
  }
  await runSweep(nowSec, sweep);
  return (await accounts.loadState(account)).state;
}

it('finds what a replay of the same webhooks finds', async () => {
  async function* inOrder() {
    yield* readAll(life);
  }
  const { findings } = await judgePast(inOrder(), { judges, sinceSec, nowSec });
  const { report } = await start(stripe).run();
  expect(findings.length).toBeGreaterThan(0);
  expect(report.split('\n').filter((line) => /^\d{4}-/.test(line))).toEqual(findings.map(findingRow));
});

it('says which object can’t be read, and reads the rest', async () => {
  const books = { ...life.books, charges: [...life.books.charges, { ...broken, created: nowSec - 86_400 }] };
  const itsStripe = await startFakeStripe(books);
  const { run, unreadable, records } = start(itsStripe);
  await run();
  await itsStripe.stop();
  expect(unreadable).toEqual([expect.stringMatching(/^ch_broken: Cannot read charge.currency/)]);
  await expectRecords(records, streamed(readAll(life)));
});

const broken = { id: 'ch_broken', object: 'charge', status: 'succeeded', amount: 1, captured: true };
