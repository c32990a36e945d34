import { Logger } from '@aws-lambda-powertools/logger';
import type { SQSEvent } from 'aws-lambda';
import { makeHandler } from '../../../functions/detector/handler.ts';
import { amountSpike } from '../../../lib/detectors/amount-spike.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import { exampleInvoice, monthly } from '../../../lib/detectors/example-events.ts';
import type { BillingEvent } from '../../../lib/domain/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding.ts';
import { memoryRecordStore } from '../../fixtures/memory-record-store.ts';

const history = monthly(exampleInvoice, [41_000, 41_000, 41_000, 41_000, 41_000, 41_000]);
const spike = exampleInvoice(6, 412_000);

function batch(...bodies: readonly (BillingEvent | string)[]): SQSEvent {
  const records = bodies.map((body, index) => ({
    messageId: `m${index}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { MessageGroupId: typeof body === 'string' ? 'cus_acme' : String(body.customer) },
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
    sendFindings: async (findings: readonly Finding[]) => void sent.push(...findings),
  };
  const handle = makeHandler(pipeline, logger);
  return {
    sent,
    store,
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
  expect(record.invoices.get('recurring:usd')).toHaveLength(7);
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
  expect(record.invoices.size).toBe(1);
});

it('hands back everything when nothing can be read', async () => {
  const { failuresOf } = start();
  expect(await failuresOf(batch('null', '{}', '[]'))).toEqual(['m0', 'm1', 'm2']);
});
