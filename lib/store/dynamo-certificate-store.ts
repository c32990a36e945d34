import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AccountKey } from '../domain/billing-event.ts';
import { type Certificate, emptyCertificate } from '../domain/certificate.ts';
import { CertificateConflictError, type CertificateStore } from './certificate-store.ts';

/*
 * Keys:   pk = account#<account>#<live|test>   sk = certificate
 * Fields: c = the certificate as JSON, about 6 KB a month   v = version, 1 2 3 ...
 */

export function dynamoCertificateStore(client: DynamoDBClient, TableName: string): CertificateStore {
  return {
    async load(key) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: itemKey(key), ConsistentRead: true }),
      );
      const json = Item?.c?.S;
      const certificate = json === undefined ? emptyCertificate : (JSON.parse(json) as Certificate);
      return { certificate, version: Number(Item?.v?.N ?? 0) };
    },

    async save(key, { version }, after) {
      const stored = { certificate: after, version: version + 1 };
      const Item = { ...itemKey(key), c: { S: JSON.stringify(after) }, v: { N: String(stored.version) } };
      const condition =
        version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'v = :before',
              ExpressionAttributeValues: { ':before': { N: String(version) } },
            };
      try {
        await client.send(new PutItemCommand({ TableName, Item, ...condition }));
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) throw new CertificateConflictError();
        throw error;
      }
      return stored;
    },
  };
}

function itemKey({ account, livemode }: AccountKey) {
  return { pk: { S: `account#${account}#${livemode ? 'live' : 'test'}` }, sk: { S: 'certificate' } };
}
