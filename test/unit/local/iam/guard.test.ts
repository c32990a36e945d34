import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { accessControl, type Denial } from '../../../../infra/local/iam/access-control.ts';
import type { Service } from '../../../../infra/local/iam/accesses-of.ts';
import { guard } from '../../../../infra/local/iam/guard.ts';
import { operatorCredentials } from '../../../../infra/local/iam/operator-credentials.ts';
import { closeServer, listenOnLoopback } from '../../../../infra/local/servers/loopback-server.ts';

const control = accessControl();
control.enforce({
  roles: [
    {
      functionName: 'sweep',
      user: 'arn:aws:sts::000000000000:assumed-role/SweepRole/sweep',
      construct: 'infra/constructs/sweeping.ts',
      statements: [
        {
          Effect: 'Allow',
          Action: ['dynamodb:PutItem'],
          Resource: ['arn:aws:dynamodb:us-east-1:000000000000:table/Records'],
          Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['account#*'] } },
        },
      ],
    },
  ],
  partitionKeys: { Records: 'pk' },
  senderIdentity: undefined,
});
const servers: Server[] = [];
const bodies: string[] = [];
const denials: Denial[] = [];
afterAll(() => Promise.all(servers.map(closeServer)));

/** A server that takes everything, behind a guard, and how a client gets there by an access key. */
async function settingsFor(service: Service, accessKeyId = 'sweep') {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.end('{}');
    });
  });
  servers.push(server);
  guard(server, service, control, (denial) => denials.push(denial));
  const credentials = { ...operatorCredentials, accessKeyId };
  return { endpoint: await listenOnLoopback(server, 0), region: 'us-east-1', credentials, maxAttempts: 1 };
}

const item = (pk: string, size = 10) => ({
  TableName: 'Records',
  Item: { pk: { S: pk }, d: { S: 'ü'.repeat(size) } },
});

it.each([10, 100_000])('lets an allowed call through, byte by byte: %i letters', async (size) => {
  const client = new DynamoDBClient(await settingsFor('dynamodb'));
  await client.send(new PutItemCommand(item('account#1', size)));
  expect(JSON.parse(bodies.at(-1) ?? '')).toEqual(item('account#1', size));
  expect(denials).toEqual([]);
});

it('refuses what the role does not allow in the words of IAM, and the server hears nothing of it', async () => {
  const settings = await settingsFor('dynamodb');
  const before = bodies.length;
  const put = new DynamoDBClient(settings).send(new PutItemCommand(item('customer#1', 100_000)));
  await expect(put).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:sts::000000000000:assumed-role/SweepRole/sweep is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Records because no identity-based policy allows the dynamodb:PutItem action',
  });
  expect(bodies).toHaveLength(before);
  expect(denials.splice(0).map(({ advice }) => advice)).toEqual([
    'sweep may not dynamodb:PutItem on table/Records, keys customer#1. AWS would refuse it, too. Grant it in infra/constructs/sweeping.ts.',
  ]);
});

it('lets the operator do anything, and an unknown key nothing', async () => {
  const get = new GetItemCommand({ TableName: 'Records', Key: { pk: { S: 'any' } } });
  const operator = new DynamoDBClient(await settingsFor('dynamodb', operatorCredentials.accessKeyId));
  await expect(operator.send(get)).resolves.toBeDefined();
  const stranger = new DynamoDBClient(await settingsFor('dynamodb', 'stranger'));
  await expect(stranger.send(get)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it('refuses calls of the other services so that the SDK knows the error', async () => {
  const settings = await settingsFor('sqs');
  const sqs = new SQSClient(settings);
  const QueueUrl = `${settings.endpoint}/000000000000/alerts`;
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(
      'sqs:SendMessage on resource: arn:aws:sqs:us-east-1:000000000000:alerts ',
    ),
  });
  const secrets = new SecretsManagerClient(await settingsFor('secretsmanager'));
  await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'arn:it' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const ses = new SESClient(await settingsFor('ses'));
  const email = {
    Source: 'a@b.test',
    Destinations: [],
    RawMessage: { Data: Buffer.from('From: a@b.test\r\n\r\n') },
  };
  await expect(ses.send(new SendRawEmailCommand(email))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(
      'ses:SendRawEmail on resource: arn:aws:ses:us-east-1:000000000000:identity/a@b.test ',
    ),
  });
});

it('denies what it can not judge, and lets through what has no signature', async () => {
  const { endpoint } = await settingsFor('dynamodb');
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=sweep/20261201/us-east-1/dynamodb/aws4_request',
  };
  const scan = { ...headers, 'x-amz-target': 'DynamoDB_20120810.Scan' };
  const denied = await fetch(endpoint, { method: 'POST', headers: scan, body: '{"TableName":"Records"}' });
  expect([denied.status, await denied.text()]).toEqual([
    400,
    expect.stringContaining('dynamodb:Scan is not known'),
  ]);
  const noJson = await fetch(endpoint, { method: 'POST', headers: scan, body: 'no JSON' });
  expect(noJson.status).toBe(400);
  const empty = await fetch(endpoint, { headers: scan });
  expect(empty.status).toBe(400);
  expect((await fetch(endpoint)).status).toBe(200);
});

it('remembers which permissions were used', () => {
  expect([...control.used('sweep')]).toEqual(['dynamodb:PutItem on table/Records, keys account#*']);
});
