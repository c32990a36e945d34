import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { BillingEvent } from '../../domain/events/billing-event.ts';
import { billingEventVersion } from '../../domain/events/billing-event-version.ts';
import { parseBillingEvent } from '../../domain/events/parse-billing-event.ts';
import { written } from '../../domain/schema/stored-shape.ts';
import { daySec } from '../../domain/time.ts';
import { accountName } from '../account-name.ts';
import { mostEvents, type RecentEvents } from './recent-events.ts';
import type { RecordKey } from './record-store.ts';

/*
 * Keys:   pk = recent#<account>#<live|test>#<customer>   sk = <when it happened>#<hash of the event's id>
 * Fields: d = the event as on its queue, deflated   ttl = Unix seconds
 *
 * An event is one item, in a partition of its own, so that reading a record reads none of them. Most fit in a write
 * unit: a charge has about 450 bytes, an invoice 800. Kept again it is the same item.
 */

/** Stripe delivers an event for three days; until then an older one may come that it is judged again with. */
const keptSec = 4 * daySec;

export function dynamoRecentEvents(client: DynamoDBClient, TableName: string): RecentEvents {
  return {
    async keepEvents(key, events) {
      const pk = { S: partitionKey(key) };
      const put = (event: BillingEvent) =>
        client.send(
          new PutItemCommand({
            TableName,
            Item: {
              pk,
              sk: { S: `${timeKey(event.occurredAtSec)}#${shortHash(event.id)}` },
              d: { B: deflateRawSync(JSON.stringify(written(event, billingEventVersion))) },
              ttl: { N: String(event.occurredAtSec + keptSec) },
            },
          }),
        );
      await Promise.all(events.map(put));
    },

    async eventsSince(key, atSec) {
      const answer = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk >= :from',
          ExpressionAttributeValues: { ':pk': { S: partitionKey(key) }, ':from': { S: timeKey(atSec) } },
          ConsistentRead: true,
          Limit: mostEvents,
        }),
      );
      return (answer.Items ?? []).flatMap(({ d }) =>
        d?.B === undefined ? [] : [parseBillingEvent(inflateRawSync(d.B).toString('utf8'))],
      );
    },
  };
}

function partitionKey(key: RecordKey): string {
  return `recent#${accountName(key)}#${key.customer}`;
}

/** Text that sorts as the time does. */
function timeKey(atSec: number): string {
  return String(atSec).padStart(12, '0');
}

function shortHash(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 16);
}
