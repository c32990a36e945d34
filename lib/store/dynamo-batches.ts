import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  paginateQuery,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { InfrastructureError } from '../infrastructure-error.ts';

type Item = Record<string, AttributeValue>;

/** A write of a whole item, or the removal of one by its `pk` and `sk`; no conditions. */
export type BatchedWrite = { readonly put: Item } | { readonly delete: Item };

const mostWrites = 25; // DynamoDB's limits
const mostReads = 100;
const parallel = 8;

/** Thrown when DynamoDB refused parts of a batch several times: it is throttled. */
export class BatchNotDoneError extends InfrastructureError {
  constructor() {
    super('DynamoDB left a part of a batch undone. What is not recorded is done again.');
    this.name = 'BatchNotDoneError';
  }
}

/** Reads a partition's items from a sort key on, in order, page by page; consistent. */
export async function queryAll(
  client: DynamoDBClient,
  TableName: string,
  {
    pk,
    from,
    limit = Number.POSITIVE_INFINITY,
  }: { readonly pk: string; readonly from?: string; readonly limit?: number },
): Promise<Item[]> {
  const input = {
    TableName,
    KeyConditionExpression: from === undefined ? 'pk = :pk' : 'pk = :pk AND sk >= :from',
    ExpressionAttributeValues: { ':pk': { S: pk }, ...(from === undefined ? {} : { ':from': { S: from } }) },
    ConsistentRead: true,
  };
  const items: Item[] = [];
  for await (const page of paginateQuery({ client }, input)) {
    items.push(...(page.Items ?? []));
    if (items.length >= limit) break;
  }
  return items.slice(0, limit);
}

/** Reads items by their keys, in no order, without missing ones; consistent. @throws {BatchNotDoneError} */
export async function batchGet(
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<Item[]> {
  const found: Item[] = [];
  await inParallel(chunks(keys, mostReads), async (some) => {
    let left = [...some];
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === 5) throw new BatchNotDoneError();
      const answer = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
      );
      found.push(...(answer.Responses?.[table] ?? []));
      left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  });
  return found;
}

/** Writes all items, in batches. @throws {BatchNotDoneError} some are not done; doing all of them again does no harm */
export async function batchWrite(
  client: DynamoDBClient,
  table: string,
  writes: readonly BatchedWrite[],
): Promise<void> {
  const requests = writes.map(
    (write): WriteRequest =>
      'put' in write
        ? { PutRequest: { Item: write.put } }
        : { DeleteRequest: { Key: { pk: write.delete.pk, sk: write.delete.sk } as Item } },
  );
  await inParallel(chunks(requests, mostWrites), async (some) => {
    let left = [...some];
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === 5) throw new BatchNotDoneError();
      const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: left } }));
      left = answer.UnprocessedItems?.[table] ?? [];
    }
  });
}

function chunks<One>(all: readonly One[], size: number): readonly (readonly One[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** Does the work on all items, a few concurrently. */
export async function inParallel<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}
