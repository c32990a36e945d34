import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { daySec } from '../../domain/time.ts';
import type { TryCounter } from './try-counter.ts';

/*
 * Keys:   pk = try#<message id>   sk = try
 * Fields: n = tries   ttl = Unix seconds
 */

/** Longer than SQS keeps a message. */
const keptSec = 15 * daySec;

export function dynamoTryCounter(
  client: DynamoDBClient,
  TableName: string,
  nowSec: () => number,
): TryCounter {
  async function change(messageId: string, by: 1 | -1): Promise<number> {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk: { S: `try#${messageId}` }, sk: { S: 'try' } },
        UpdateExpression: 'ADD n :by SET #ttl = :until',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':by': { N: String(by) },
          ':until': { N: String(nowSec() + keptSec) },
        },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(Attributes?.n?.N);
  }
  return {
    add: (messageId) => change(messageId, 1),
    async takeBack(messageId) {
      await change(messageId, -1);
    },
  };
}
