import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { Alert } from '../../domain/finding/alert.ts';
import { checked } from '../../domain/schema/stored-shape.ts';
import { daySec } from '../../domain/time.ts';
import { accountNamed } from '../account-name.ts';
import { batchGet, batchWrite, queryAll } from '../dynamo-batches.ts';
import {
  type AlertKey,
  type AlertStore,
  leaseSec,
  mailedNotesSchema,
  refusedReadersSchema,
} from './alert-store.ts';
import {
  alertIn,
  alertItem,
  alertKey,
  idIn,
  partition,
  pointer,
  signKey,
  timeKey,
} from './dynamo-alert-items.ts';

const noteKeptSec = daySec;
const readAtOnce = 800; // eight full batches

export function dynamoAlertStore(client: DynamoDBClient, TableName: string): AlertStore {
  const put = (Item: Record<string, AttributeValue>) => client.send(new PutItemCommand({ TableName, Item }));
  const get = async (Key: Record<string, AttributeValue>) =>
    (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;

  async function load(key: AlertKey): Promise<Alert | undefined> {
    const item = await get(alertKey(key));
    return item === undefined ? undefined : alertIn(item);
  }

  /** Loads alerts in no order. */
  async function loadMany(key: AccountKey, ids: readonly string[]): Promise<readonly Alert[]> {
    const keys = ids.map((id) => alertKey({ ...key, id }));
    return (await batchGet(client, TableName, keys)).map(alertIn);
  }

  /** Removes alerts from the outbox. */
  const removePointers = (alerts: readonly Alert[]) =>
    batchWrite(
      client,
      TableName,
      alerts.map((alert) => ({ delete: pointer('outbox', alert, alert.filedAtSec) })),
    );

  /** Removes the marker of an outbox, unless it was renewed since it was read. */
  const takeDown = ({ pk, sk, v }: Record<string, AttributeValue>) =>
    unlessRefused(
      client.send(
        new DeleteItemCommand({
          TableName,
          Key: { pk, sk } as Record<string, AttributeValue>,
          ConditionExpression: 'v = :seen',
          ExpressionAttributeValues: { ':seen': v as AttributeValue },
        }),
      ),
    );

  /** Puts an alert unless it exists. @returns what is there already */
  async function putNew(alert: Alert): Promise<Alert | undefined> {
    try {
      await client.send(
        new PutItemCommand({
          TableName,
          Item: alertItem(alert),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return load(alert.finding);
      throw error;
    }
  }

  return {
    load,

    async loadAll(key, ids) {
      const places = new Map(ids.map((id, index) => [id, index]));
      const placeOf = ({ finding }: Alert) => places.get(finding.id) ?? 0;
      return [...(await loadMany(key, [...places.keys()]))].sort((a, b) => placeOf(a) - placeOf(b));
    },

    async file(finding, nowSec) {
      const fresh: Alert = { finding, filedAtSec: nowSec, mailedAtSec: null, outcome: null };
      const alert = (await putNew(fresh)) ?? fresh;
      if (alert.mailedAtSec !== null || alert.outcome?.kind === 'muted') return false;
      await put(pointer('outbox', alert, alert.filedAtSec));
      await put({ ...signKey(finding), v: { S: randomUUID() } });
      return true;
    },

    async fileMuted(finding, untilSec, nowSec) {
      const outcome = { kind: 'muted', untilSec, atSec: nowSec } as const;
      await putNew({ finding, filedAtSec: nowSec, mailedAtSec: null, outcome });
    },

    async accountsWaiting() {
      const items = await queryAll(client, TableName, { pk: 'outboxes' });
      return items.map(({ sk }) => accountNamed(sk?.S ?? ''));
    },

    async waiting(key, limit) {
      const sign = await get(signKey(key));
      const pointers = await queryAll(client, TableName, { pk: partition('outbox', key), limit });
      if (sign !== undefined && pointers.length === 0) await takeDown(sign);
      const ids = pointers.map(({ sk }) => idIn(sk?.S ?? ''));
      const alerts = await loadMany(key, ids);
      const isWaiting = (alert: Alert) => alert.mailedAtSec === null;
      await removePointers(alerts.filter((alert) => !isWaiting(alert)));
      return alerts.filter(isWaiting).sort((a, b) => a.filedAtSec - b.filedAtSec);
    },

    async acquireLease(key, nowSec) {
      const untilSec = nowSec + leaseSec;
      const Key = { pk: { S: partition('turn', key) }, sk: { S: 'turn' } };
      const Item = await get(Key);
      const notes = Item?.notes?.S ?? '[]';
      const refusedNow = Item?.refused?.S ?? '[]';
      const before = Item?.until?.N ?? '0';
      if (Number(before) > nowSec) return 'held';
      const isMine = await unlessRefused(
        client.send(
          new PutItemCommand({
            TableName,
            Item: {
              ...Key,
              until: { N: String(untilSec) },
              notes: { S: notes },
              refused: { S: refusedNow },
            },
            ConditionExpression: 'attribute_not_exists(pk) OR #until = :before',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: { ':before': { N: before } },
          }),
        ),
      );
      const all = checked('The list of emails of a day', mailedNotesSchema, JSON.parse(notes));
      const mailed = all.filter(({ atSec }) => atSec > nowSec - noteKeptSec);
      const refused = checked('The list of refused readers', refusedReadersSchema, JSON.parse(refusedNow));
      return isMine ? { key, untilSec, mailed, refused } : 'held';
    },

    async releaseLease({ key, untilSec, mailed: before }, mailed, refused) {
      await unlessRefused(
        client.send(
          new PutItemCommand({
            TableName,
            Item: {
              pk: { S: partition('turn', key) },
              sk: { S: 'turn' },
              until: { N: '0' },
              notes: { S: JSON.stringify([...before, ...mailed]) },
              refused: { S: JSON.stringify(refused) },
            },
            ConditionExpression: '#until = :mine',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: { ':mine': { N: String(untilSec) } },
          }),
        ),
      );
    },

    async recordMailed(alerts, nowSec) {
      const mailed = alerts.map((alert) => ({ ...alert, mailedAtSec: nowSec }));
      await batchWrite(
        client,
        TableName,
        mailed.flatMap((alert) => [{ put: alertItem(alert) }, { put: pointer('mailed', alert, nowSec) }]),
      );
      await removePointers(alerts);
    },

    async *mailedSince(key, sinceSec) {
      const from = timeKey(sinceSec);
      const pointers = await queryAll(client, TableName, { pk: partition('mailed', key), from });
      for (let start = 0; start < pointers.length; start += readAtOnce) {
        const some = pointers.slice(start, start + readAtOnce);
        yield* await loadMany(
          key,
          some.map(({ sk }) => idIn(sk?.S ?? '')),
        );
      }
    },

    async recordOutcome(key, outcome) {
      const alert = await load(key);
      if (alert !== undefined) await put(alertItem({ ...alert, outcome }));
    },
  };
}

/** Writes with a condition; false when it did not hold. */
async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
