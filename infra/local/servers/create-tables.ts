import { CreateTableCommand, type DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { TableModel } from '../stack/read-stack.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const indexes = z.optional(
  z.array(
    z.object({
      IndexName: z.string(),
      KeySchema: keySchema,
      Projection: z.object({
        ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']),
        NonKeyAttributes: z.optional(z.array(z.string())),
      }),
    }),
  ),
);

const tableProperties = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: indexes,
  LocalSecondaryIndexes: indexes,
});

/** Makes the template's tables, on demand. Expiry (TTL) is left out: the embedded DynamoDB has none. */
export async function createTables(client: DynamoDBClient, tables: readonly TableModel[]): Promise<void> {
  for (const { name, properties } of tables) {
    const shape = tableProperties.parse(properties);
    await client.send(new CreateTableCommand({ TableName: name, BillingMode: 'PAY_PER_REQUEST', ...shape }));
    // The server answers while a table is still being made, as DynamoDB does.
    await waitUntilTableExists({ client, maxWaitTime: 300, minDelay: 1 }, { TableName: name });
  }
}
