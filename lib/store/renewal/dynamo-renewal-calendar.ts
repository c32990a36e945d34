import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { hourOf } from '../../domain/account/hour-counts.ts';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { RenewalDue } from '../../domain/record/renewals-due.ts';
import { daySec } from '../../domain/time.ts';
import { accountName } from '../account-name.ts';
import { inParallel } from '../dynamo-batches.ts';
import { notedDays, type RenewalCalendar } from './renewal-calendar.ts';

/*
 * Keys:   pk = due#<account>#<live|test>#<hour>   sk = <due, Unix seconds>#<customer>#<subscription, or a hash of both>
 * Fields: c = customer   s = subscription   ttl = Unix seconds
 *
 * One item a renewal, written without a condition: the same note gives the same item.
 */

export function dynamoRenewalCalendar(client: DynamoDBClient, tableName: string): RenewalCalendar {
  const dueIn = async (key: AccountKey, hour: number): Promise<readonly RenewalDue[]> => {
    const query = {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partitionKey(key, hour) } },
    };
    const dues: RenewalDue[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, query)) dues.push(...Items.flatMap(toDue));
    return dues;
  };
  return {
    async note(key, dues) {
      await inParallel(dues, async (due) => {
        const { customer, subscription, dueSec } = due;
        const item = {
          pk: { S: partitionKey(key, hourOf(dueSec)) },
          sk: { S: sortKey(due) },
          c: { S: customer },
          s: { S: subscription },
          ttl: { N: String(dueSec + notedDays * daySec) },
        };
        await client.send(new PutItemCommand({ TableName: tableName, Item: item }));
      });
    },

    async dueBetween(key, fromHour, toHour) {
      const hours = Array.from({ length: toHour - fromHour + 1 }, (_, index) => fromHour + index);
      return (await Promise.all(hours.map((hour) => dueIn(key, hour)))).flat();
    },
  };
}

function partitionKey(key: AccountKey, hour: number): string {
  return `due#${accountName(key)}#${hour}`;
}

/**
 * A sort key within DynamoDB's 1,024 bytes. An id may have 255 characters of four bytes: `c` and `s` hold what a hash
 * stands for.
 */
const mostIdBytes = 1_000;

function sortKey({ customer, subscription, dueSec }: RenewalDue): string {
  const ids = `${customer}#${subscription}`;
  const fits = Buffer.byteLength(ids) <= mostIdBytes;
  return `${dueSec}#${fits ? ids : createHash('sha256').update(ids).digest('hex')}`;
}

function toDue({ sk, c, s }: Record<string, AttributeValue>): readonly RenewalDue[] {
  const dueSec = Number(sk?.S?.split('#')[0]);
  return c?.S === undefined || s?.S === undefined ? [] : [{ customer: c.S, subscription: s.S, dueSec }];
}
