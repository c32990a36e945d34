import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { CustomerRecord, Part, PartName } from '../../domain/record/customer-record.ts';
import { byPart, emptyRecord, partNames } from '../../domain/record/customer-record.ts';
import { daySec } from '../../domain/time.ts';
import { accountName } from '../account-name.ts';
import { putVersion } from '../dynamo-put-version.ts';
import { decodePart, encodePart } from './codec.ts';
import { dynamoRecentEvents } from './dynamo-recent-events.ts';
import type { RecentEvents } from './recent-events.ts';
import type { LoadedRecord, RecordKey, RecordStore } from './record-store.ts';
import { RecordConflictError } from './record-store.ts';

/*
 * Keys:   pk = customer#<account>#<live|test>#<customer>   sk = <part>
 * Fields: d = the part, packed (codec.ts)   v = version, 1 2 3 ...   ttl = Unix seconds
 *
 * Names are short because a write is billed by the KB of the whole item, names included.
 * One consistent query reads all parts (one read unit up to 4 KB); one conditional put writes one (one write
 * unit up to 1 KB).
 */

/** How long a customer is remembered after its last event; longer than two annual renewals. */
const keptSec = 800 * daySec;

export function dynamoRecordStore(client: DynamoDBClient, tableName: string): RecordStore & RecentEvents {
  return {
    ...dynamoRecentEvents(client, tableName),

    async load(key) {
      const answer = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: partitionKey(key) } },
          ConsistentRead: true,
        }),
      );
      const items = new Map(answer.Items?.map((item) => [item.sk?.S, item]));
      const partOf = (name: PartName): Part => {
        const bytes = items.get(name)?.d?.B;
        return bytes === undefined ? emptyRecord[name] : decodePart(bytes);
      };
      const versionOf = (name: PartName): number => Number(items.get(name)?.v?.N ?? 0);
      return { record: byPart(partOf), versions: byPart(versionOf) };
    },

    async save(key, loaded, after) {
      const changed = partNames.filter((name) => after[name] !== loaded.record[name]);
      await Promise.all(changed.map((name) => putPart(client, tableName, key, name, loaded, after)));
    },
  };
}

async function putPart(
  client: DynamoDBClient,
  tableName: string,
  key: RecordKey,
  name: PartName,
  loaded: LoadedRecord,
  after: CustomerRecord,
): Promise<void> {
  const item = {
    pk: { S: partitionKey(key) },
    sk: { S: name },
    d: { B: encodePart(after[name]) },
    ttl: { N: String(newestSec(after[name]) + keptSec) },
  };
  if (!(await putVersion(client, tableName, item, loaded.versions[name]))) throw new RecordConflictError();
}

function partitionKey(key: RecordKey): string {
  return `customer#${accountName(key)}#${key.customer}`;
}

function newestSec(part: Part): number {
  return Math.max(0, ...[...part.values()].map((series) => series.at(-1)?.atSec ?? 0));
}
