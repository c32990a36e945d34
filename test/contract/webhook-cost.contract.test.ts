import { readFileSync } from 'node:fs';
import type { DynamoDBClient, PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { makeHandler } from '../../functions/detector/handler.ts';
import { plainContext } from '../../lib/detectors/context.ts';
import { eventDetectors } from '../../lib/detectors/registry.ts';
import type { BillingEvent } from '../../lib/domain/events/billing-event.ts';
import { type CustomerRecord, emptyRecord } from '../../lib/domain/record/customer-record.ts';
import { learn } from '../../lib/domain/record/learn.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { dynamoRenewalCalendar } from '../../lib/store/renewal/dynamo-renewal-calendar.ts';
import { normalizeEvent } from '../../lib/stripe/event/normalize.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { memoryMessageReturns } from '../fixtures/memory/memory-message-returns.ts';
import { memoryTryCounter } from '../fixtures/memory/memory-try-counter.ts';
import { patient } from '../fixtures/patient.ts';
import { regularYear } from '../fixtures/regular-account/regular-account.ts';
import { type BatchSize, costsOfMillion, costTable, dollars, unitsAnEvent } from './webhook-costs.ts';

jest.setTimeout(120_000);

/** A year of a company of many subscribers and some buyers, whose renewals come in one night of the month. */
const year = regularYear({
  seed: 1,
  startSec: Date.UTC(2026, 0, 1) / 1000,
  currency: 'usd',
  customers: 120,
  buyersPercent: 20,
  declinedPercent: 3,
  refundedPercent: 1,
  renewsTogether: true,
  business: { weekend: 0.3, night: 0.2, season: 1, yearlyGrowth: 1 },
}).map((line) => JSON.parse(line));
const used = year.flatMap((event) => {
  const reading = normalizeEvent(event, event._received_at);
  return reading.kind === 'event' ? [reading.event] : [];
});

it('uses about two thirds of what Stripe sends of a company, if its endpoint listens to all', () => {
  expect(used.length / year.length).toBeGreaterThan(0.6);
  expect(used.length / year.length).toBeLessThan(0.7);
});

it.each<BatchSize>([1, 10])(
  'costs in units of DynamoDB what the docs reckon with, in batches of %i',
  async (size) => {
    const units = await unitsAt(used, size);
    expect(units.reads).toBeLessThanOrEqual(unitsAnEvent.reads);
    expect(units.customer).toBeLessThanOrEqual(unitsAnEvent.record);
    expect(units.recent).toBeLessThanOrEqual(unitsAnEvent.recent);
    expect(units.hour).toBeLessThanOrEqual(unitsAnEvent.counts[size]);
    expect(units.due).toBeLessThanOrEqual(unitsAnEvent.calendar);
    const writes = units.customer + units.recent + units.hour + units.due;
    const reckoned =
      unitsAnEvent.record + unitsAnEvent.recent + unitsAnEvent.counts[size] + unitsAnEvent.calendar;
    expect(writes).toBeGreaterThan(0.8 * reckoned); // nor do they make it look dearer than it is
  },
);

it('says in the docs what a million webhooks cost, sum by sum', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  for (const row of costTable()) expect(page).toContain(row);
  const [least, most] = [costsOfMillion(2 / 3, 10), costsOfMillion(1, 1)].map(dollars);
  const [, low, high] =
    /\$([\d.]+) to \$([\d.]+)\s+per\s+million\s+webhooks/.exec(readFileSync('README.md', 'utf8')) ?? [];
  expect(Math.abs(Number(low) - (least ?? 0))).toBeLessThan(0.1);
  expect(Math.abs(Number(high) - (most ?? 0))).toBeLessThan(0.1);
});

/** An event, on the average of some hundred in the middle of the year; without the item a day that lists the account. */
async function unitsAt(events: readonly BillingEvent[], size: BatchSize) {
  const { client, tableName, stop } = await startDynaliteTable();
  try {
    const store = dynamoRecordStore(client, tableName);
    const from = events.length >> 1;
    for (const [customer, record] of learned(events.slice(0, from))) {
      const key = { account: 'self', livemode: true, customer };
      await store.save(key, await store.load(key), record);
    }
    const units = meterUnits(client);
    const handler = makeHandler({
      pipeline: {
        detectors: eventDetectors,
        store,
        contextOf: async () => plainContext,
        sendFindings: async () => {},
      },
      inbox: {
        accounts: dynamoAccountStore(client, tableName),
        calendar: dynamoRenewalCalendar(client, tableName),
      },
      tries: memoryTryCounter(),
      returns: memoryMessageReturns(),
      log: () => undefined,
      onWaiting: () => undefined,
    });
    const played = events.slice(from, from + 600);
    for (let start = 0; start < played.length; start += size)
      await handler(batch(played.slice(start, start + size)), patient);
    const each = (sum: number) => sum / played.length;
    return {
      reads: each(units.reads),
      customer: each(units.customer),
      recent: each(units.recent),
      hour: each(units.hour),
      due: each(units.due),
    };
  } finally {
    await stop();
  }
}

function learned(events: readonly BillingEvent[]): ReadonlyMap<string, CustomerRecord> {
  const records = new Map<string, CustomerRecord>();
  for (const event of events) {
    if (event.customer === null) continue;
    records.set(event.customer, learn(event, records.get(event.customer) ?? emptyRecord).record);
  }
  return records;
}

function batch(events: readonly BillingEvent[]): SQSEvent {
  const records = events.map((event) => ({
    messageId: event.id,
    body: JSON.stringify(event),
    attributes: { MessageGroupId: event.customer ?? event.id, ApproximateReceiveCount: '1' },
  }));
  return { Records: records } as unknown as SQSEvent; // the fields that the handler reads
}

/** Adds up what DynamoDB says each call has cost: reads, and writes by the kind of their key. */
function meterUnits(client: DynamoDBClient) {
  const units = { reads: 0, customer: 0, recent: 0, hour: 0, due: 0, accounts: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const { Item } = args.input as Partial<PutItemCommandInput>;
      const answer = await next(args);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      const kind = Item?.pk?.S?.split('#')[0] ?? 'reads';
      if (kind in units) units[kind as keyof typeof units] += ConsumedCapacity?.CapacityUnits ?? Number.NaN;
      return answer;
    },
    { step: 'initialize' },
  );
  return units;
}
