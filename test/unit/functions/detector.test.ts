import { Logger } from '@aws-lambda-powertools/logger';
import type { SQSEvent } from 'aws-lambda';
import { makeHandler } from '../../../functions/detector/handler.ts';
import { memoryRenewalCalendar } from '../../../infra/cli/memory-renewal-calendar.ts';
import { amountSpike } from '../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { plainContext } from '../../../lib/detectors/context.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import { exampleCharge, exampleInvoice, monthly } from '../../../lib/detectors/examples/example-events.ts';
import { countHour, hourOf } from '../../../lib/domain/account/hour-counts.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { memoryAccountStore } from '../../fixtures/memory/memory-account-store.ts';
import { memoryRecordStore } from '../../fixtures/memory/memory-record-store.ts';

const history = monthly(exampleInvoice, [41_000, 41_000, 41_000, 41_000, 41_000, 41_000]);
const maxReceiveCount = 5;
const spike = exampleInvoice(6, 412_000);

function batch(...bodies: readonly (BillingEvent | string)[]): SQSEvent {
  return triedBatch([], ...bodies);
}

/** @param tries how often each message has been received, this time included */
function triedBatch(tries: readonly number[], ...bodies: readonly (BillingEvent | string)[]): SQSEvent {
  const records = bodies.map((body, index) => ({
    messageId: `m${index}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      MessageGroupId: typeof body === 'string' ? 'cus_acme' : String(body.customer),
      ApproximateReceiveCount: String(tries[index] ?? 1),
    },
  }));
  return { Records: records } as unknown as SQSEvent; // the fields that the handler reads
}

function start(detectors: readonly Detector[] = [amountSpike]) {
  const sent: Finding[] = [];
  const store = memoryRecordStore();
  const logger = new Logger({ logLevel: 'SILENT' });
  const pipeline = {
    detectors,
    store,
    contextOf: async () => plainContext,
    sendFindings: async (findings: readonly Finding[]) => void sent.push(...findings),
  };
  const accounts = memoryAccountStore();
  const handle = makeHandler(
    pipeline,
    { accounts, calendar: memoryRenewalCalendar() },
    maxReceiveCount,
    logger,
  );
  return {
    sent,
    store,
    accounts,
    failuresOf: async (event: SQSEvent) =>
      (await handle(event)).batchItemFailures.map((x) => x.itemIdentifier),
  };
}

it('finds the spike once, though the queue delivers it twice, and hands back only the broken message', async () => {
  const { sent, failuresOf } = start();
  expect(await failuresOf(batch(...history, spike))).toEqual([]);
  expect(await failuresOf(batch(spike, 'not json'))).toEqual(['m1']);
  expect(sent).toHaveLength(1);
});

it('hands back the broken message and those behind it, and keeps what came before', async () => {
  const { sent, store, failuresOf } = start();
  const later = exampleInvoice(7, 41_000);
  expect(await failuresOf(batch(...history, spike, '{"kind":"nonsense"}', later))).toEqual(['m7', 'm8']);
  expect(sent).toHaveLength(1);
  const { record } = await store.load({ account: 'self', livemode: true, customer: 'cus_acme' });
  expect(record.invoices.get('recurring:usd:month')).toHaveLength(7);
});

describe('a message that is always broken', () => {
  const broken = '{"kind":"nonsense"}';

  it('holds up the events behind it as long as tries are left', async () => {
    const { sent, failuresOf } = start();
    await failuresOf(batch(...history));
    for (const tries of [1, 2, 3, 4]) {
      const event = triedBatch([tries, tries], broken, spike);
      expect(await failuresOf(event)).toEqual(['m0', 'm1']);
    }
    expect(sent).toHaveLength(0);
  });

  it('goes to the dead letters alone: those behind it are worked on at its last try', async () => {
    const { sent, failuresOf } = start();
    expect(await failuresOf(triedBatch([1, 1, 1, 1, 1, 1, 5, 5], ...history, broken, spike))).toEqual(['m6']);
    expect(sent).toHaveLength(1);
    expect(await failuresOf(triedBatch([6], broken))).toEqual(['m0']); // SQS counts roughly
  });

  it('does not take along the next broken message, which still has tries, nor what is behind that', async () => {
    const { sent, failuresOf } = start();
    await failuresOf(batch(...history));
    expect(await failuresOf(triedBatch([5, 3, 3], broken, broken, spike))).toEqual(['m0', 'm1', 'm2']);
    expect(sent).toHaveLength(0);
    expect(await failuresOf(triedBatch([5, 5, 5], broken, broken, spike))).toEqual(['m0', 'm1']);
    expect(sent).toHaveLength(1);
  });

  it('leaves the same record as if its turn had come first', async () => {
    const [passed, inOrder] = [start(), start()];
    const [first, ...rest] = history;
    if (first === undefined) throw new Error('no history');
    await passed.failuresOf(triedBatch([5, 5, 5, 5, 5, 5], broken, ...rest));
    await passed.failuresOf(batch(first)); // fixed, and moved back from the dead letters
    await inOrder.failuresOf(batch(...history));
    const key = { account: 'self', livemode: true, customer: 'cus_acme' };
    expect((await passed.store.load(key)).record).toEqual((await inOrder.store.load(key)).record);
  });
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

it('gives the whole batch back when the counts can’t be kept, as the queue gives it again', async () => {
  const { accounts, failuresOf } = start();
  accounts.addAccountFacts = () => Promise.reject(new Error('the table is away'));
  await expect(failuresOf(batch(...history))).rejects.toThrow('the table is away');
});

it('hands back everything when nothing can be read', async () => {
  const { failuresOf } = start();
  expect(await failuresOf(batch('null', '{}', '[]'))).toEqual(['m0', 'm1', 'm2']);
});
