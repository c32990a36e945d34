import type { Context, SQSEvent } from 'aws-lambda';
import { makeHandler } from '../../../functions/detector/handler.ts';
import { memoryRenewalCalendar } from '../../../infra/cli/memory-renewal-calendar.ts';
import { amountSpike } from '../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { plainContext } from '../../../lib/detectors/context.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import { exampleCharge, exampleInvoice, monthly } from '../../../lib/detectors/examples/example-events.ts';
import { countHour, hourOf } from '../../../lib/domain/account/hour-counts.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { InfrastructureError } from '../../../lib/infrastructure-error.ts';
import { memoryAccountStore } from '../../fixtures/memory/memory-account-store.ts';
import { memoryMessageReturns } from '../../fixtures/memory/memory-message-returns.ts';
import { memoryRecordStore } from '../../fixtures/memory/memory-record-store.ts';
import { memoryTryCounter } from '../../fixtures/memory/memory-try-counter.ts';
import { patient } from '../../fixtures/patient.ts';

const history = monthly(exampleInvoice, [41_000, 41_000, 41_000, 41_000, 41_000, 41_000]);
const spike = exampleInvoice(6, 412_000);

function batch(...bodies: readonly (BillingEvent | string)[]): SQSEvent {
  return triedBatch([], ...bodies);
}

/** @param tries how often each message has been received, this time included */
function triedBatch(tries: readonly number[], ...bodies: readonly (BillingEvent | string)[]): SQSEvent {
  const records = bodies.map((body, index) => ({
    messageId: `m${index}`,
    receiptHandle: `m${index} ${tries[index] ?? 1}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      MessageGroupId: typeof body === 'string' ? 'cus_acme' : String(body.customer),
      ApproximateReceiveCount: String(tries[index] ?? 1),
      SentTimestamp: '1800000000000',
    },
  }));
  return { Records: records } as unknown as SQSEvent; // the fields that the handler reads
}

function start(detectors: readonly Detector[] = [amountSpike], tries = memoryTryCounter()) {
  const sent: Finding[] = [];
  const store = memoryRecordStore();
  const pipeline = {
    detectors,
    store,
    contextOf: async () => plainContext,
    sendFindings: async (findings: readonly Finding[]) => void sent.push(...findings),
  };
  const accounts = memoryAccountStore();
  const returns = memoryMessageReturns();
  const waiting: number[] = [];
  const inbox = { accounts, calendar: memoryRenewalCalendar() };
  const handle = makeHandler({
    pipeline,
    inbox,
    tries,
    returns,
    log: () => undefined,
    onWaiting: (sentAtSec) => void waiting.push(sentAtSec),
  });
  return {
    sent,
    store,
    accounts,
    returns,
    waiting,
    handle,
    failuresOf: async (event: SQSEvent, context = patient) =>
      (await handle(event, context)).batchItemFailures.map((x) => x.itemIdentifier),
  };
}

it('finds the spike once, though the queue delivers it twice, and hands back only the broken message', async () => {
  const { sent, failuresOf } = start();
  expect(await failuresOf(batch(...history, spike))).toEqual([]);
  expect(await failuresOf(batch(spike, 'not json'))).toEqual(['m1']);
  expect(sent).toHaveLength(1);
});

it('hands back the broken message alone', async () => {
  const { sent, store, failuresOf } = start();
  const later = exampleInvoice(7, 41_000);
  expect(await failuresOf(batch(...history, spike, '{"kind":"nonsense"}', later))).toEqual(['m7']);
  expect(sent).toHaveLength(1);
  const { record } = await store.load({ account: 'self', livemode: true, customer: 'cus_acme' });
  expect(record.invoices.get('recurring:usd:month')).toHaveLength(8);
});

it('gives up a message that is broken each time, after three tries, and nothing with it', async () => {
  const { returns, failuresOf } = start();
  const broken = '{"kind":"nonsense"}';
  expect(await failuresOf(batch(broken, spike))).toEqual(['m0']);
  expect(await failuresOf(triedBatch([2], broken))).toEqual(['m0']);
  expect(returns.givenUp).toEqual([]);
  expect(await failuresOf(triedBatch([3], broken))).toEqual([]);
  expect(returns.givenUp.map(({ body }) => body)).toEqual([broken]);
});

describe('while AWS refuses', () => {
  const refused = () => Promise.reject(new InfrastructureError('refused'));

  it('keeps events waiting, however often they were received', async () => {
    const { store, returns, waiting, failuresOf } = start();
    const { load } = store;
    store.load = refused;
    for (const receives of [1, 2, 5, 50, 900]) {
      expect(await failuresOf(triedBatch([receives, receives], ...history.slice(0, 2)))).toEqual([
        'm0',
        'm1',
      ]);
    }
    store.load = load;
    expect(await failuresOf(triedBatch([901, 901], ...history.slice(0, 2)))).toEqual([]);
    expect(returns.givenUp).toEqual([]);
    expect(returns.delayed).toHaveLength(10);
    expect(waiting).toEqual(Array(5).fill(1_800_000_000)); // the alarm hears of each round, and of none once it is over
  });

  it('keeps them waiting when only the counts can’t be written, and finds nothing twice', async () => {
    const { accounts, sent, returns, failuresOf } = start();
    const { addAccountFacts } = accounts;
    await failuresOf(batch(...history));
    accounts.addAccountFacts = refused;
    for (const receives of [1, 2, 3, 4, 5])
      expect(await failuresOf(triedBatch([receives], spike))).toEqual(['m0']);
    accounts.addAccountFacts = addAccountFacts;
    expect(await failuresOf(triedBatch([6], spike))).toEqual([]);
    expect([sent.length, returns.givenUp]).toEqual([1, []]);
  });

  it('answers within its time while a client hangs', async () => {
    const { store, failuresOf } = start();
    store.load = () => new Promise(() => {});
    const context = { getRemainingTimeInMillis: () => 2_050 } as Context; // 50 ms for the work
    expect(await failuresOf(batch(...history), context)).toEqual(history.map((_, index) => `m${index}`));
  });
});

it('takes no other customer along when an event kills the function each time', async () => {
  let isDead = false;
  const unlessDead = <Answer>(answer: () => Promise<Answer>): Promise<Answer> =>
    isDead ? new Promise(() => {}) : answer();
  const tries = memoryTryCounter();
  const { handle, returns, store } = start([amountSpike], {
    add: (one) => unlessDead(() => tries.add(one)),
    takeBack: (one) => unlessDead(() => tries.takeBack(one)),
  });
  const { load } = store;
  store.load = (key) => {
    if (key.customer === 'cus_deadly') isDead = true;
    return unlessDead(() => load(key));
  };
  const deadly = { ...spike, customer: 'cus_deadly' };
  const innocent = { ...exampleInvoice(0, 900), customer: 'cus_innocent' };
  for (let receives = 4; receives <= 7; receives += 1) {
    isDead = false;
    const answer = handle(triedBatch([receives, receives], deadly, innocent), patient);
    await Promise.race([answer, new Promise((resolve) => setImmediate(resolve))]);
  }
  isDead = false;
  expect(returns.givenUp.map(({ body }) => JSON.parse(body).customer)).toEqual(['cus_deadly']);
  const other = { ...exampleInvoice(0, 900), customer: 'cus_other' };
  expect(await handle(triedBatch([1, 8], other, innocent), patient)).toEqual({ batchItemFailures: [] });
  expect(returns.givenUp).toHaveLength(1);
});

it('does not let one customer hold up another', async () => {
  const broken: Detector = {
    ...amountSpike,
    judge(event) {
      if (event.customer === 'cus_poison') throw new Error('a defect');
      return [];
    },
  };
  const { store, failuresOf } = start([broken]);
  const other = { ...exampleInvoice(0, 900), customer: 'cus_other' };
  expect(await failuresOf(batch({ ...spike, customer: 'cus_poison' }, other))).toEqual(['m0']);
  const { record } = await store.load({ account: 'self', livemode: true, customer: 'cus_other' });
  expect(record.invoices.size).toBeGreaterThan(0);
});

it('counts each event for its account, once, whatever becomes of the customers', async () => {
  const { accounts, failuresOf } = start();
  const charges = [1, 2, 3].map((month) => exampleCharge(month, 41_000, {}, 'charge_succeeded'));
  const inTest = { ...exampleCharge(3, 41_000), livemode: false };
  await failuresOf(batch(...charges, 'not json', inTest));
  await failuresOf(batch(...charges));
  const countOf = async (livemode: boolean) => {
    const hours = charges.map(({ occurredAtSec }) =>
      accounts.factsIn({ account: 'self', livemode }, hourOf(occurredAtSec)),
    );
    return (await Promise.all(hours)).map((seen) => countHour(seen).get('charge')?.count);
  };
  expect(await countOf(true)).toEqual([1, 1, 1]);
  expect(await countOf(false)).toEqual([undefined, undefined, 1]);
});

it('reports what the calibration learns from a payment, once', async () => {
  const { accounts, failuresOf } = start();
  const charges = [1, 2, 3].map((month) => exampleCharge(month, 41_000));
  const scoresSeen = async () => {
    const hours = charges.map(({ occurredAtSec }) =>
      accounts.factsIn({ account: 'self', livemode: true }, hourOf(occurredAtSec)),
    );
    return (await Promise.all(hours)).flat().filter(({ counter }) => counter === 'amount');
  };
  await failuresOf(batch(...charges));
  const first = await scoresSeen();
  expect(first).toHaveLength(3);
  await failuresOf(batch(...charges));
  expect(await scoresSeen()).toEqual(first);
});

it('hands back everything when nothing can be read', async () => {
  const { failuresOf } = start();
  expect(await failuresOf(batch('null', '{}', '[]'))).toEqual(['m0', 'm1', 'm2']);
});
