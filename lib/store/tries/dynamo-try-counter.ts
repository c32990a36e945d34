import { createHash } from 'node:crypto';
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { daySec } from '../../domain/time.ts';
import type { Try, TryCounter } from './try-counter.ts';

/*
 * Keys:   pk = try#<message id>   sk = try
 * Fields: tries = a set with a name for each try   ttl = Unix seconds
 *
 * A set, as a call whose answer is lost is made again: a number would count it twice.
 */

/** Longer than SQS keeps a message. */
const keptSec = 15 * daySec;

export function dynamoTryCounter(
  client: DynamoDBClient,
  TableName: string,
  nowSec: () => number,
): TryCounter {
  async function change(verb: 'ADD' | 'DELETE', { messageId, receiptHandle }: Try): Promise<number> {
    const name = createHash('sha256').update(receiptHandle).digest('base64url').slice(0, 16);
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk: { S: `try#${messageId}` }, sk: { S: 'try' } },
        UpdateExpression: `${verb} tries :try SET #ttl = :until`,
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':try': { SS: [name] },
          ':until': { N: String(nowSec() + keptSec) },
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Attributes?.tries?.SS?.length ?? 0;
  }
  return {
    add: (one) => change('ADD', one),
    async takeBack(one) {
      await change('DELETE', one);
    },
  };
}
