import * as z from 'zod/mini';
import { arn } from '../stack/names.ts';
import type { IamModel } from './iam-model.ts';
import type { Access } from './policy.ts';

const keyText = z.union([z.object({ S: z.string() }), z.object({ N: z.string() })]);
const item = z.record(z.string(), z.unknown());
const keyInput = z.object({ TableName: z.string(), Key: item });
const itemInput = z.object({ TableName: z.string(), Item: item });

const queryInput = z.object({
  TableName: z.string(),
  IndexName: z.optional(z.undefined()), // an index has a partition key of its own, which is not known here
  KeyConditionExpression: z.string(),
  ExpressionAttributeNames: z._default(z.record(z.string(), z.string()), {}),
  ExpressionAttributeValues: item,
});

const batchGetInput = z.object({
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(item) })),
});
const batchWriteInput = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.optional(z.object({ Item: item })),
        DeleteRequest: z.optional(z.object({ Key: item })),
      }),
    ),
  ),
});
const transactInput = z.object({
  TransactItems: z.array(
    z.strictObject({
      Put: z.optional(itemInput),
      Update: z.optional(keyInput),
      Delete: z.optional(keyInput),
      ConditionCheck: z.optional(keyInput),
    }),
  ),
});

/** Reads the table and the partition keys of a call. @throws when it is of a kind that is not known here */
export function dynamodbAccesses(
  operation: string,
  input: unknown,
  { partitionKeys }: Pick<IamModel, 'partitionKeys'>,
): readonly Access[] {
  const access = (action: string, table: string, items: readonly z.infer<typeof item>[]): Access => ({
    action: `dynamodb:${action}`,
    resource: arn('dynamodb', `table/${table}`),
    leadingKeys: items.map((one) => textOf(one[partitionKeys[table] ?? ''])),
  });

  switch (operation) {
    case 'GetItem':
    case 'DeleteItem':
    case 'UpdateItem': {
      const { TableName, Key } = keyInput.parse(input);
      return [access(operation, TableName, [Key])];
    }
    case 'PutItem': {
      const { TableName, Item } = itemInput.parse(input);
      return [access(operation, TableName, [Item])];
    }
    case 'Query': {
      const query = queryInput.parse(input);
      return [access(operation, query.TableName, [keyOf(query, partitionKeys[query.TableName] ?? '')])];
    }
    case 'BatchGetItem':
      return Object.entries(batchGetInput.parse(input).RequestItems).map(([table, { Keys }]) =>
        access(operation, table, Keys),
      );
    case 'BatchWriteItem':
      return Object.entries(batchWriteInput.parse(input).RequestItems).map(([table, writes]) =>
        access(
          operation,
          table,
          writes.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {}),
        ),
      );
    case 'TransactWriteItems': // asks for the permissions of what it does
      return transactInput
        .parse(input)
        .TransactItems.flatMap(({ Put, ...others }) => [
          ...(Put === undefined ? [] : [access('PutItem', Put.TableName, [Put.Item])]),
          ...Object.entries(others).map(([kind, { TableName, Key }]) =>
            access(`${kind}Item`, TableName, [Key]),
          ),
        ]);
    default:
      throw new Error(`dynamodb:${operation} is not known in infra/local/iam.`);
  }
}

/** The part of a key condition that names the partition. */
function keyOf(query: z.infer<typeof queryInput>, partitionKey: string): z.infer<typeof item> {
  const equals = query.KeyConditionExpression.matchAll(/(#?[\w.-]+)\s*=\s*(:\w+)/g);
  const values = [...equals].map(([, name = '', value = '']) => [
    query.ExpressionAttributeNames[name] ?? name,
    query.ExpressionAttributeValues[value],
  ]);
  return { [partitionKey]: Object.fromEntries(values)[partitionKey] };
}

function textOf(value: unknown): string {
  const key = keyText.parse(value);
  return 'S' in key ? key.S : key.N;
}
