import { memoryRenewalCalendar } from '../../../infra/cli/memory-renewal-calendar.ts';
import { failureRate } from '../../../lib/detectors/account/failure-rate.ts';
import { webhookLag } from '../../../lib/detectors/health/webhook-lag.ts';
import { missedRenewal } from '../../../lib/detectors/subscription/missed-renewal.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import type { AccountStore } from '../../../lib/store/account/account-store.ts';
import { runSweep, SweepError } from '../../../lib/sweep/run-sweep.ts';
import { happened, startSec } from '../../fixtures/lives/account-life.ts';
import { memoryAccountStore } from '../../fixtures/memory/memory-account-store.ts';
import { memoryRecordStore } from '../../fixtures/memory/memory-record-store.ts';

const renewals = {
  calendar: memoryRenewalCalendar(),
  store: memoryRecordStore(),
  detector: missedRenewal,
  off: [],
};
const key = { account: 'self', livemode: true };
const cardTesting = Array.from({ length: 60 }, (_, index) => happened('failed', startSec + index)).flat();

function start(store: AccountStore = memoryAccountStore()) {
  const sent: Finding[] = [];
  let isBroken = false;
  const sendFindings = async (findings: readonly Finding[]) => {
    if (isBroken) throw new Error('the queue is away');
    sent.push(...findings);
  };
  return {
    sent,
    store,
    breakQueue: (broken: boolean) => {
      isBroken = broken;
    },
    sweep: (nowSec: number) => runSweep(nowSec, { store, detectors: [failureRate], renewals, sendFindings }),
  };
}

it('finds a card testing run once, however often it looks while it lasts', async () => {
  const { sent, store, sweep } = start();
  await store.addAccountFacts(key, cardTesting);
  for (const minutes of [5, 10, 15, 20, 70]) await sweep(startSec + minutes * 60);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  expect(sent[0]).toMatchObject({ ...key, detector: 'failure-rate', customer: null, eventId: null });
});

it('sends what it found when the queue comes back, though what it saw is over by then', async () => {
  const { sent, store, sweep, breakQueue } = start();
  await store.addAccountFacts(key, cardTesting);
  breakQueue(true);
  await expect(sweep(startSec + 300)).rejects.toThrow(SweepError);
  expect(sent).toEqual([]);
  await expect(sweep(startSec + 600)).rejects.toThrow(SweepError);
  breakQueue(false);
  await sweep(startSec + 10 * 3600);
  expect(sent.map(({ detector }) => detector)).toEqual(['failure-rate']);
  await sweep(startSec + 10 * 3600 + 300);
  expect(sent).toHaveLength(1);
});

it('looks at the other accounts when one can’t be read, and reports it', async () => {
  const memory = memoryAccountStore();
  const store: AccountStore = {
    ...memory,
    async loadState(one) {
      if (one.account === 'acct_broken') throw new Error('of a newer release');
      return memory.loadState(one);
    },
  };
  const { sent, sweep } = start(store);
  await store.addAccountFacts({ ...key, account: 'acct_broken' }, cardTesting);
  await store.addAccountFacts(key, cardTesting);
  await expect(sweep(startSec + 300)).rejects.toThrow(
    '1 accounts could not be swept; the next sweep looks at them again.',
  );
  expect(sent.map(({ account }) => account)).toEqual(['self']);
});

it('drops its look when another sweep was quicker', async () => {
  const memory = memoryAccountStore();
  const slow: AccountStore = {
    ...memory,
    async saveState(one, loaded, after) {
      await memory.saveState(one, await memory.loadState(one), after); // the other one
      return memory.saveState(one, loaded, after);
    },
  };
  const { sent, sweep } = start(slow);
  await memory.addAccountFacts(key, cardTesting);
  await sweep(startSec + 300);
  expect(sent).toEqual([]);
  await start(memory).sweep(startSec + 600);
});

it('calls nothing late that happened before it was there to listen', async () => {
  const store = memoryAccountStore();
  const sent: Finding[] = [];
  const detectors = [webhookLag];
  const sendFindings = async (findings: readonly Finding[]) => void sent.push(...findings);
  const lateBy = (hours: number, fromSec: number) =>
    Array.from({ length: 20 }, (_, index) =>
      happened('active', fromSec + index, { value: hours * 60 }),
    ).flat();
  await store.addAccountFacts(key, lateBy(20, startSec - 20 * 3600));
  await runSweep(startSec, { store, detectors, renewals, sendFindings });
  expect(sent).toEqual([]);
  await store.addAccountFacts(key, lateBy(4, startSec + 3600));
  await runSweep(startSec + 6 * 3600, { store, detectors, renewals, sendFindings });
  expect(sent.map(({ detector }) => detector)).toEqual(['webhook-lag']);
});
