import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { certificateShape, emptyCertificate } from '../../domain/account/certificate.ts';
import type { AccountKey } from '../../domain/events/billing-event.ts';
import { readStored, written } from '../../domain/schema/stored-shape.ts';
import { accountName } from '../account-name.ts';
import { putVersion } from '../dynamo-put-version.ts';
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
      const certificate =
        json === undefined ? emptyCertificate : readStored(certificateShape, JSON.parse(json));
      return { certificate, version: Number(Item?.v?.N ?? 0) };
    },

    async save(key, { version }, after) {
      const item = { ...itemKey(key), c: { S: JSON.stringify(written(after, certificateShape.version)) } };
      if (!(await putVersion(client, TableName, item, version))) throw new CertificateConflictError();
      return { certificate: after, version: version + 1 };
    },
  };
}

function itemKey(key: AccountKey) {
  return { pk: { S: `account#${accountName(key)}` }, sk: { S: 'certificate' } };
}
