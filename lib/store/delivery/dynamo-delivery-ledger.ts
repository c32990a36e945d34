import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import { type Delivery, deliveryShape } from '../../domain/finding/delivery.ts';
import { readStored, written } from '../../domain/schema/stored-shape.ts';
import { daySec } from '../../domain/time.ts';
import { accountName, accountNamed } from '../account-name.ts';
import { queryAll } from '../dynamo-batches.ts';
import type { DeliveryLedger } from './delivery-ledger.ts';

/*
 * Keys:   pk = delivery#<account>#<live|test>   sk = <the message's key>
 *         pk = deliveries                       sk = <account>#<live|test>   one may be open there
 * Fields: d = the delivery, compressed JSON   ttl = Unix seconds
 *
 * A message that is sent has one item for a second or two. It stays while a reader has not got it. The marker is
 * written before it, and taken down by the next reader that finds nothing open.
 */

const keptSec = 400 * daySec; //     as long as the alerts that it reports
const closedKeptSec = 8 * daySec; // a week's report, until the next one

export function dynamoDeliveryLedger(client: DynamoDBClient, TableName: string): DeliveryLedger {
  const remove = (Key: Record<string, AttributeValue>) =>
    client.send(new DeleteItemCommand({ TableName, Key }));

  return {
    async accounts() {
      const items = await queryAll(client, TableName, { pk: 'deliveries' });
      return items.map(({ sk }) => accountNamed(sk?.S ?? ''));
    },

    async list(key) {
      const items = await queryAll(client, TableName, { pk: partition(key) });
      const deliveries = items.map(deliveryIn).sort((a, b) => a.plannedAtSec - b.plannedAtSec);
      if (deliveries.every(({ isClosed }) => isClosed)) await remove(markerKey(key)).catch(() => undefined); // later, then
      return deliveries;
    },

    async begin(key, delivery) {
      await client.send(new PutItemCommand({ TableName, Item: markerKey(key) }));
      const Item = itemOf(key, delivery);
      const put = new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      try {
        await client.send(put);
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async save(key, delivery) {
      await client.send(new PutItemCommand({ TableName, Item: itemOf(key, delivery) }));
    },

    async remove(key, delivery) {
      await remove(keyOf(key, delivery));
    },
  };
}

function partition(key: AccountKey): string {
  return `delivery#${accountName(key)}`;
}

function markerKey(key: AccountKey) {
  return { pk: { S: 'deliveries' }, sk: { S: accountName(key) } };
}

function keyOf(key: AccountKey, { key: name }: Delivery) {
  return { pk: { S: partition(key) }, sk: { S: name } };
}

function itemOf(key: AccountKey, delivery: Delivery) {
  const { plannedAtSec, isClosed } = delivery;
  return {
    ...keyOf(key, delivery),
    d: { B: gzipSync(JSON.stringify(written(delivery, deliveryShape.version))) },
    ttl: { N: String(plannedAtSec + (isClosed ? closedKeptSec : keptSec)) },
  };
}

function deliveryIn({ d }: Record<string, AttributeValue>): Delivery {
  return readStored(deliveryShape, JSON.parse(gunzipSync(d?.B ?? new Uint8Array()).toString('utf8')));
}
