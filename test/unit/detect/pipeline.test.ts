import { judgeAndLearn, type Pipeline, processCustomer } from '../../../lib/detect/pipeline.ts';
import { amountSpike } from '../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import { plainContext } from '../../../lib/detectors/context.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import { exampleCharge, exampleInvoice, monthly } from '../../../lib/detectors/examples/example-events.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { emptyRecord, windowSizes } from '../../../lib/domain/record/customer-record.ts';
import { RecordConflictError } from '../../../lib/store/record/record-store.ts';
import { memoryRecordStore } from '../../fixtures/memory/memory-record-store.ts';

const history = monthly(exampleInvoice, [41_000, 41_000, 41_000, 41_000, 41_000, 41_000]);
const spike = exampleInvoice(6, 412_000);
const key = { account: 'self', livemode: true, customer: 'cus_acme' };

function makePipeline(
  store: Pipeline['store'] = memoryRecordStore(),
): Pipeline & { readonly sent: Finding[] } {
  const sent: Finding[] = [];
  return {
    detectors: [amountSpike],
    store,
    sent,
    contextOf: async () => plainContext,
    sendFindings: async (findings) => void sent.push(...findings),
  };
}

it('finds the spike against the history before it, and remembers it', async () => {
  const pipeline = makePipeline();
  await processCustomer(history, pipeline);
  await processCustomer([spike], pipeline);
  expect(pipeline.sent.map(({ detector, object }) => [detector, object])).toEqual([['amount-spike', 'in_6']]);
  const { record } = await pipeline.store.load(key);
  expect(record.invoices.get('recurring:usd:month')?.at(-1)?.value).toBe(412_000);
});

it('judges a batch as it would judge its events one by one', async () => {
  const [one, batch] = [makePipeline(), makePipeline()];
  for (const event of [...history, spike]) await processCustomer([event], one);
  await processCustomer([...history, spike], batch);
  expect(batch.sent).toEqual(one.sent);
  expect((await batch.store.load(key)).record).toEqual((await one.store.load(key)).record);
});

it('judges by the history what was fetched, though a later event of the same invoice came before it', async () => {
  const paid = { ...spike, kind: 'invoice_paid' as const, occurredAtSec: spike.occurredAtSec + 60 };
  for (const isFetched of [undefined, true] as const) {
    const pipeline = makePipeline();
    await processCustomer([...history, paid, { ...spike, isFetched }], pipeline);
    expect(pipeline.sent.map(({ object }) => object)).toEqual(isFetched ? ['in_6'] : []);
  }
});

it('does not send again what a repeated event has said already', async () => {
  const pipeline = makePipeline();
  await processCustomer([...history, spike], pipeline);
  await processCustomer([spike, spike], pipeline);
  expect(pipeline.sent).toHaveLength(1);
});

it('finds it again under the same id when it crashed between sending and writing', async () => {
  const store = memoryRecordStore();
  const pipeline = makePipeline(store);
  await processCustomer(history, pipeline);
  const crashing = { ...pipeline, store: { ...store, save: async () => Promise.reject(new Error('crash')) } };
  await expect(processCustomer([spike], crashing)).rejects.toThrow('crash');
  await processCustomer([spike], pipeline);
  expect(pipeline.sent).toHaveLength(2);
  expect(new Set(pipeline.sent.map(({ id }) => id)).size).toBe(1);
});

it('writes nothing when the findings could not be sent', async () => {
  const pipeline = makePipeline();
  await processCustomer(history, pipeline);
  const before = await pipeline.store.load(key);
  const refused = { ...pipeline, sendFindings: async () => Promise.reject(new Error('queue is down')) };
  await expect(processCustomer([spike], refused)).rejects.toThrow('queue is down');
  expect(await pipeline.store.load(key)).toEqual(before);
});

it('reads again and retries when another worker wrote in between, and gives up in the end', async () => {
  const store = memoryRecordStore();
  let conflicts = 1;
  const contested: Pipeline['store'] = {
    ...store,
    save: async (...args) => {
      conflicts -= 1;
      if (conflicts >= 0) throw new RecordConflictError();
      return store.save(...args);
    },
  };
  await processCustomer(history, makePipeline(contested));
  expect((await store.load(key)).record.invoices.get('recurring:usd:month')).toHaveLength(6);
  conflicts = 99;
  await expect(processCustomer([spike], makePipeline(contested))).rejects.toThrow(RecordConflictError);
});

it('keeps no record of someone who can not be named', async () => {
  const untouched: Pipeline['store'] = {
    load: async () => Promise.reject(new Error('read')),
    save: async () => Promise.reject(new Error('written')),
    keepEvents: async () => Promise.reject(new Error('kept')),
    eventsSince: async () => Promise.reject(new Error('read')),
  };
  await processCustomer([{ ...exampleCharge(0, 900), customer: null }], makePipeline(untouched));
});

it('judges a late event without a record: proven by itself it counts, against a history it can not', () => {
  const seen: unknown[] = [];
  const spy: Detector = {
    ...amountSpike,
    judge(_event, record) {
      seen.push(record);
      return [];
    },
  };
  const charges = Array.from({ length: windowSizes.charges }, (_, month) => exampleCharge(month + 1, 900));
  const record = charges.reduce((before, event) => judgeAndLearn(event, before, []).record, emptyRecord);
  expect(judgeAndLearn(exampleCharge(0, 900), record, [spy]).outcome).toBe('late');
  expect(seen).toEqual([emptyRecord]);
});
