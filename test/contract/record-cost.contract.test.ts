import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { processCustomer } from '../../lib/detect/pipeline.ts';
import { plainContext } from '../../lib/detectors/context.ts';
import {
  exampleCharge,
  exampleInvoice,
  exampleLine,
  exampleSubscription,
} from '../../lib/detectors/examples/example-events.ts';
import { eventDetectors } from '../../lib/detectors/registry.ts';
import type { BillingEvent } from '../../lib/domain/events/billing-event.ts';
import { learn } from '../../lib/domain/record/learn.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';

/** Adds up what DynamoDB says each call has cost. */
function meterUnits(client: DynamoDBClient): { reads: number; writes: number; calls: number } {
  const units = { reads: 0, writes: 0, calls: 0 };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      units.calls += 1;
      if (context.commandName === QueryCommand.name)
        units.reads += ConsumedCapacity?.CapacityUnits ?? Number.NaN;
      if (context.commandName === PutItemCommand.name)
        units.writes += ConsumedCapacity?.CapacityUnits ?? Number.NaN;
      return answer;
    },
    { step: 'initialize' },
  );
  return units;
}

/** A busy month of one subscription with a metered price, in one currency: amounts, times and usage all vary. */
function eventsOfMonth(month: number): readonly BillingEvent[] {
  const amount = 100_000 + ((month * 7_919) % 50_000);
  const id = `in_1QxYzAbCdEfGhIjKlMnOpQr${month}`;
  const lines = [
    exampleLine(month, 40_000),
    exampleLine(month, amount - 40_000, {
      price: 'price_1QxYzAbCdEfGhIjKlMnOpQrS',
      metered: true,
      quantity: String(amount * 31),
    }),
  ];
  return [
    exampleInvoice(month, amount, { id, lines }),
    exampleInvoice(month, amount, { id, lines }, 'invoice_finalized'),
    exampleInvoice(month, amount, { id, lines, status: 'paid' }, 'invoice_paid'),
    exampleCharge(month, amount, { id: `ch_failed_${month}` }, 'charge_failed'),
    exampleCharge(month, amount),
    exampleSubscription(month, { quantity: 1 + month }),
  ];
}

/** Events first to last of the customer's life, counted from 1. */
function* life(first: number, last: number): Generator<BillingEvent> {
  for (let number = first; number <= last; number += 1) {
    const [month, step] = [Math.floor((number - 1) / 6), (number - 1) % 6];
    for (const event of eventsOfMonth(month).slice(step, step + 1)) yield { ...event, ...key };
  }
}

const key = { account: 'acct_1032D82eZvKYlo2C', livemode: true, customer: 'cus_NffrFeUfNV2Hib' };

/** One read more where something of the same second came before; no second write for a subscription. */
const costs = ['1 read, 2 write, 3 calls', '2 read, 1 write, 3 calls', '2 read, 2 write, 4 calls'];

it('costs one read and one write unit and the same to keep it and to read what overtook it, for the 10,000th event as for the 100th', async () => {
  const { client, tableName, stop } = await startDynaliteTable();
  try {
    const store = dynamoRecordStore(client, tableName);
    const pipeline = {
      detectors: eventDetectors,
      store,
      contextOf: async () => plainContext,
      sendFindings: async () => {},
    };
    const units = meterUnits(client);
    const costsOf = async (events: Iterable<BillingEvent>): Promise<ReadonlySet<string>> => {
      const costs = new Set<string>();
      for (const event of events) {
        Object.assign(units, { reads: 0, writes: 0, calls: 0 });
        await processCustomer([event], pipeline);
        costs.add(`${units.reads} read, ${units.writes} write, ${units.calls} calls`);
      }
      return costs;
    };
    await costsOf(life(1, 99));
    expect([...(await costsOf(life(100, 300)))].sort()).toEqual(costs);
    // The events between are learnt without the server: what is stored is a function of them alone.
    const loaded = await store.load(key);
    const after = [...life(301, 9_893)].reduce((record, event) => learn(event, record).record, loaded.record);
    await store.save(key, loaded, after);
    await costsOf(life(9_894, 9_899));
    expect([...(await costsOf(life(9_900, 10_000)))].sort()).toEqual(costs);
  } finally {
    await stop();
  }
});
