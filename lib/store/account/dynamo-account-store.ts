import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { emptyAccountState } from '../../domain/account/account-state.ts';
import { calibrationShape, noCalibration } from '../../domain/account/calibration.ts';
import { hourOf } from '../../domain/account/hour-counts.ts';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import { readStored, written } from '../../domain/schema/stored-shape.ts';
import { daySec, hourSec } from '../../domain/time.ts';
import { accountName, accountNamed } from '../account-name.ts';
import { putVersion } from '../dynamo-put-version.ts';
import { decodeAccountFacts, encodeAccountFacts } from './account-fact-codec.ts';
import { decodeState, encodeState } from './account-state-codec.ts';
import { type AccountStore, StateConflictError } from './account-store.ts';
import { namesIn, statePieces } from './state-pieces.ts';

/*
 * Keys:   pk = hour#<account>#<live|test>#<hour>   sk = hash of d          facts of one batch, packed
 *         pk = account#<account>#<live|test>       sk = state              the sweep's state, packed
 *         pk = account#<account>#<live|test>       sk = state#<hash of d>  a piece of a large one (state-pieces.ts)
 *         pk = account#<account>#<live|test>       sk = calibration        its calibration, JSON
 *         pk = accounts                            sk = <account>#<live|test>
 * Fields: d = packed bytes   p = or the hashes of their pieces   j = JSON   v = version of the state, 1 2 3 ...   ttl = Unix seconds
 *
 * A state expires long after its last sweep, when its account has been quiet for a year. Its pieces expire later, as
 * DynamoDB removes in no order: no state outlives its pieces. A piece that a crashed sweep left behind expires, too.
 *
 * A batch's facts are an item of their own, named by its content: written again it is the same item. So no write has a
 * condition, and each is one write unit however busy the hour is. Readers take the union.
 */

/**
 * How long facts are stored. An hour can change for three days and two hours, as long as Stripe retries; then the state
 * has its counts.
 */
const hourKeptSec = 5 * daySec;
/** How long an account is still swept after its last event. */
const accountKeptSec = 100 * daySec;
/** How long a state is stored after its last sweep; as long as an alert. */
const stateKeptSec = 400 * daySec;
/** How much longer pieces are stored: DynamoDB removes what has expired within days. */
const piecesOutliveSec = 30 * daySec;

export function dynamoAccountStore(client: DynamoDBClient, TableName: string): AccountStore {
  /** Accounts that this process has listed, by day: once a day is enough. */
  const listed = new Map<string, number>();

  const put = async (pk: string, sk: string, fields: Record<string, AttributeValue>): Promise<void> => {
    const Item = { pk: { S: pk }, sk: { S: sk }, ...fields };
    await client.send(new PutItemCommand({ TableName, Item }));
  };

  async function query(pk: string, ConsistentRead: boolean): Promise<Record<string, AttributeValue>[]> {
    const input = {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
      ConsistentRead,
    };
    const items: Record<string, AttributeValue>[] = [];
    for await (const page of paginateQuery({ client }, input)) items.push(...(page.Items ?? []));
    return items;
  }

  async function listAccount(key: AccountKey, atSec: number): Promise<void> {
    const day = Math.floor(atSec / daySec);
    if ((listed.get(accountName(key)) ?? 0) >= day) return;
    await put('accounts', accountName(key), { ttl: { N: String(atSec + accountKeptSec) } });
    listed.set(accountName(key), day);
  }

  return {
    async addAccountFacts(key, facts) {
      const byHour = Map.groupBy(facts, ({ atSec }) => hourOf(atSec));
      const writes = [...byHour].map(([hour, some]) => {
        const bytes = encodeAccountFacts(some);
        const ttl = { N: String(hour * hourSec + hourKeptSec) };
        return put(hourKey(key, hour), nameOfBytes(bytes), { d: { B: bytes }, ttl });
      });
      const newestSec = Math.max(0, ...facts.map(({ atSec }) => atSec));
      await Promise.all([...writes, listAccount(key, newestSec)]);
    },

    async factsIn(key, hour) {
      const items = await query(hourKey(key, hour), false);
      return items.flatMap(({ d }) => (d?.B === undefined ? [] : decodeAccountFacts(d.B, hour)));
    },

    async accounts() {
      const items = await query('accounts', true);
      return items.map(({ sk }) => accountNamed(sk?.S ?? ''));
    },

    async loadState(key) {
      const Key = { pk: { S: stateKey(key) }, sk: { S: 'state' } };
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      if (Item === undefined) return { state: emptyAccountState, version: 0 };
      const bytes = await statePieces(client, TableName, stateKey(key)).get(Item);
      if (bytes === undefined) throw new StateConflictError();
      return { state: decodeState(bytes), version: Number(Item.v?.N ?? 0), pieces: namesIn(Item.p) };
    },

    async saveState(key, { state, version, pieces: old = [] }, after) {
      const pieces = statePieces(client, TableName, stateKey(key));
      const packed = await pieces.put(encodeState(after), expiry(after.sweptAtSec, piecesOutliveSec));
      const item = { pk: { S: stateKey(key) }, sk: { S: 'state' }, ...packed, ...expiry(after.sweptAtSec) };
      if (!(await putVersion(client, TableName, item, version))) throw new StateConflictError();
      await pieces.forget(old, packed);
      // A crash before this leaves the last one in force until the calibration moves again, within the hour.
      if (after.calibration === state.calibration) return;
      const calibration = written(after.calibration, calibrationShape.version);
      await put(stateKey(key), 'calibration', { j: { S: JSON.stringify(calibration) } });
    },

    async loadCalibration(key) {
      const Key = { pk: { S: stateKey(key) }, sk: { S: 'calibration' } };
      const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
      const json = Item?.j?.S;
      return json === undefined ? noCalibration : readStored(calibrationShape, JSON.parse(json));
    },
  };
}

function hourKey(key: AccountKey, hour: number): string {
  return `hour#${accountName(key)}#${hour}`;
}

function stateKey(key: AccountKey): string {
  return `account#${accountName(key)}`;
}

/** The expiry of a state; none before the first sweep, as a backfill may come long before it. */
function expiry(sweptAtSec: number, laterSec = 0): Record<string, AttributeValue> {
  return sweptAtSec === 0 ? {} : { ttl: { N: String(sweptAtSec + stateKeptSec + laterSec) } };
}

/** A hash of 72 bits: among a hundred thousand batches an hour, two alike by chance are one in 10^12. */
function nameOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
}
