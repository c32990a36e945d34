import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type AlertClaims, type AlertKey, leaseSec } from './alert-claims.ts';

/*
 * Keys:   pk = alert#<account>#<live|test>#<finding id>   sk = claim
 * Fields: ttl = Unix seconds, when the claim runs out or what was sent is forgotten
 *         sentAtSec, mailId: only once it was sent
 *
 * One field says both, so an item whose ttl has passed means the same whether DynamoDB has deleted it yet or not.
 */

const sentKeptSec = 400 * 86_400;

export function dynamoAlertClaims(client: DynamoDBClient, tableName: string): AlertClaims {
  const isSent = async (key: AlertKey): Promise<boolean> => {
    const get = new GetItemCommand({ TableName: tableName, Key: itemKey(key), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item?.sentAtSec !== undefined;
  };
  return {
    async claim(key, nowSec) {
      const untilSec = nowSec + leaseSec;
      const put = new PutItemCommand({
        TableName: tableName,
        Item: { ...itemKey(key), ttl: { N: String(untilSec) } },
        ConditionExpression: 'attribute_not_exists(pk) OR #ttl <= :now',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':now': { N: String(nowSec) } },
      });
      const isMine = await unlessRefused(client.send(put));
      if (isMine) return { key, untilSec };
      return (await isSent(key)) ? 'sent' : 'held';
    },

    async release({ key, untilSec }) {
      const remove = new DeleteItemCommand({
        TableName: tableName,
        Key: itemKey(key),
        ConditionExpression: '#ttl = :until',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':until': { N: String(untilSec) } },
      });
      await unlessRefused(client.send(remove));
    },

    async recordSent({ key }, mailId, sentAtSec) {
      const put = new PutItemCommand({
        TableName: tableName,
        Item: {
          ...itemKey(key),
          ttl: { N: String(sentAtSec + sentKeptSec) },
          sentAtSec: { N: String(sentAtSec) },
          mailId: { S: mailId },
        },
      });
      await client.send(put);
    },
  };
}

/** False when the write's condition did not hold. */
async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function itemKey({ account, livemode, id }: AlertKey) {
  return { pk: { S: `alert#${account}#${livemode ? 'live' : 'test'}#${id}` }, sk: { S: 'claim' } };
}
