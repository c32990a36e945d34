import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

/**
 * Writes an item as the next version of the one that was read: its field `v` counts 1 2 3 ...
 * @param version that was read; 0 when there was none
 * @returns false when another worker wrote it since: nothing is changed
 */
export async function putVersion(
  client: DynamoDBClient,
  TableName: string,
  item: Readonly<Record<string, AttributeValue>>,
  version: number,
): Promise<boolean> {
  const unchanged =
    version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'v = :read', ExpressionAttributeValues: { ':read': { N: String(version) } } };
  const Item = { ...item, v: { N: String(version + 1) } };
  try {
    await client.send(new PutItemCommand({ TableName, Item, ...unchanged }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
