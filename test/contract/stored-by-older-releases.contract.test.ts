import { gunzipSync, gzipSync } from 'node:zlib';
import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { emptyAccountState } from '../../lib/domain/account/account-state.ts';
import { billingEventKinds } from '../../lib/domain/events/billing-event.ts';
import { parseBillingEvent } from '../../lib/domain/events/parse-billing-event.ts';
import { NewerVersionError } from '../../lib/domain/schema/stored-errors.ts';
import { parseFinding } from '../../lib/notify/parse-finding.ts';
import { dynamoAccountStore } from '../../lib/store/account/dynamo-account-store.ts';
import { dynamoAlertStore } from '../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../lib/store/alert/dynamo-answer-store.ts';
import { dynamoCertificateStore } from '../../lib/store/certificate/dynamo-certificate-store.ts';
import { dynamoDeliveryLedger } from '../../lib/store/delivery/dynamo-delivery-ledger.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { storedLines } from '../fixtures/stored.ts';

type Table = Awaited<ReturnType<typeof startDynaliteTable>>;
let table: Table;
beforeAll(async () => {
  table = await startDynaliteTable();
});
afterAll(() => table.stop());

const startSec = 1_767_225_600;
const customer = 'cus_1';
let accounts = 0;
const newKey = () => {
  accounts += 1;
  return { account: `acct_${accounts}`, livemode: true };
};

const put = (pk: string, sk: string, fields: Record<string, AttributeValue>) =>
  table.client.send(
    new PutItemCommand({ TableName: table.tableName, Item: { pk: { S: pk }, sk: { S: sk }, ...fields } }),
  );

/** Where each shape lies, written there as it is and read by the adapter that reads it in the system. */
const places = {
  'billing-event': async (stored: string) => parseBillingEvent(stored),
  finding: async (stored: string) => parseFinding(stored),
  alert: async (stored: string) => {
    const key = newKey();
    await put(`alert#${key.account}#live#a`, 'alert', { d: { B: Buffer.from(stored, 'base64') } });
    return dynamoAlertStore(table.client, table.tableName).load({ ...key, id: 'a' });
  },
  delivery: async (stored: string) => {
    const key = newKey();
    await put(`delivery#${key.account}#live`, 'alert a', { d: { B: Buffer.from(stored, 'base64') } });
    const [delivery] = await dynamoDeliveryLedger(table.client, table.tableName).list(key);
    return delivery;
  },
  'mailed-notes': async (stored: string) => {
    const key = newKey();
    await put(`turn#${key.account}#live`, 'turn', { until: { N: '0' }, notes: { S: stored } });
    const turn = await dynamoAlertStore(table.client, table.tableName).acquireLease(key, startSec + 90);
    return turn === 'held' ? turn : turn.mailed;
  },
  answer: async (stored: string) => {
    const key = newKey();
    await put(`answer#${key.account}#live#${customer}`, 'amount-spike#a', { d: { S: stored } });
    const { detector = '' } = fieldsOf(stored);
    const subject = { ...key, customer, detector: String(detector) };
    const [answer] = await dynamoAnswerStore(table.client, table.tableName).about(subject);
    return answer;
  },
  certificate: async (stored: string) => {
    const key = newKey();
    await put(`account#${key.account}#live`, 'certificate', { c: { S: stored }, v: { N: '1' } });
    return (await dynamoCertificateStore(table.client, table.tableName).load(key)).certificate;
  },
  calibration: async (stored: string) => {
    const key = newKey();
    await put(`account#${key.account}#live`, 'calibration', { j: { S: stored } });
    return dynamoAccountStore(table.client, table.tableName).loadCalibration(key);
  },
  'account-state': async (stored: string) => {
    const key = newKey();
    const d = { B: Buffer.from(stored, 'base64') };
    await put(`account#${key.account}#live`, 'state', { d, v: { N: '1' } });
    return (await dynamoAccountStore(table.client, table.tableName).loadState(key)).state;
  },
};

function fieldsOf(stored: string): Record<string, unknown> {
  return JSON.parse(stored.startsWith('{') ? stored : gunzipSync(Buffer.from(stored, 'base64')).toString());
}

it.each(['billing-event', 'finding', 'answer', 'certificate', 'calibration'] as const)(
  'reads each %s of version 1 as it was',
  async (shape) => {
    const lines = storedLines(`${shape}.v1.jsonl`);
    expect(lines.length).toBeGreaterThan(0);
    for (const stored of lines) expect(await places[shape](stored)).toEqual(JSON.parse(stored));
  },
);

it('has an event of every kind that there was', () => {
  const kinds = new Set(storedLines('billing-event.v1.jsonl').map((stored) => fieldsOf(stored).kind));
  const missing = billingEventKinds.filter((kind) => !kinds.has(kind));
  expect(missing).toEqual([]);
});

it('reads each alert of version 1 as it was', async () => {
  const alerts = await Promise.all(storedLines('alert.v1.base64').map(places.alert));
  expect(alerts).toEqual(storedLines('alert.v1.base64').map(fieldsOf));
  expect(alerts.map((alert) => alert?.outcome?.kind)).toEqual([
    undefined,
    'resolved',
    'expected',
    'snoozed',
    'muted',
  ]);
});

it('reads each delivery of version 1 as it was', async () => {
  const lines = storedLines('delivery.v1.base64');
  const deliveries = await Promise.all(lines.map(places.delivery));
  expect(deliveries.map((delivery) => ({ version: 1, ...delivery }))).toEqual(lines.map(fieldsOf));
  const states = deliveries.flatMap((delivery) => delivery?.readers.map(({ state }) => state));
  expect(new Set(states)).toEqual(new Set(['taken', 'parked', 'sending', 'waiting']));
});

it('reads what was mailed on a day of version 1', async () => {
  const [stored = ''] = storedLines('mailed-notes.v1.jsonl');
  expect(await places['mailed-notes'](stored)).toEqual(JSON.parse(stored));
});

it('reads a calibration from before there were prices, as one without any', async () => {
  const [stored = ''] = storedLines('calibration-without-prices.v1.jsonl');
  expect(await places.calibration(stored)).toEqual({ ...JSON.parse(stored), prices: [] });
});

it('reads the states of version 1, with all that they hold', async () => {
  const [empty, full] = await Promise.all(
    storedLines('account-state.v1.base64').map(places['account-state']),
  );
  expect(empty).toMatchObject({ ...emptyAccountState, hours: { fromDay: 0 } });
  const hours = full?.hours.counters.charge.at(-1)?.hours;
  expect(hours?.find(({ count }) => count === 2)?.money).toEqual(new Map([['usd', 1_900]]));
  expect(full).toMatchObject({
    listeningSinceSec: startSec,
    sweptAtSec: startSec + 300,
    renewalsLookedUntil: startSec / 3600,
    scores: new Map([
      [2_922, [{ counter: 'amount', currency: 'usd', hash: 7, atSec: startSec, value: 2 ** 43 }]],
    ]),
    prices: new Map([[7, [[2 ** 40 - 1, startSec]]]]),
    calibration: { amount: { months: 0.75 }, usage: null, prices: [7, 1_099_511_627_775] },
    episodes: new Map([['webhook-lag', [{ sinceSec: startSec, lastSec: startSec }]]]),
    findings: [{ detector: 'failure-rate' }],
  });
});

it.each([
  'billing-event',
  'finding',
  'alert',
  'delivery',
  'answer',
  'certificate',
  'calibration',
  'account-state',
] as const)('refuses a %s of a newer release, and says what to do', async (shape) => {
  const isPacked = shape === 'alert' || shape === 'delivery' || shape === 'account-state';
  const [stored = ''] = storedLines(`${shape}.v1.${isPacked ? 'base64' : 'jsonl'}`);
  const newer = JSON.stringify({ ...fieldsOf(stored), version: 99 });
  const read = places[shape](isPacked ? gzipSync(newer).toString('base64') : newer);
  await expect(read).rejects.toThrow(NewerVersionError);
  await expect(read).rejects.toThrow(
    / has version 99; this release reads \d\. Deploy the newer release again\.$/,
  );
});
