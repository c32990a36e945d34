import { accessesOf, type ServiceCall } from '../../../../infra/local/iam/accesses-of.ts';
import { serviceCall } from '../../../../infra/local/iam/service-call.ts';

const model = { roles: [], partitionKeys: { Records: 'pk' }, senderIdentity: 'acme.test' };
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const TableName = 'Records';

function keysOf(operation: string, input: object) {
  return accessesOf({ service: 'dynamodb', operation, input }, model).map(
    ({ action, leadingKeys = [] }) => `${action} ${leadingKeys.join(' ')}`,
  );
}

it.each<[string, object, string[]]>([
  ['GetItem', { TableName, Key: key('a') }, ['dynamodb:GetItem a']],
  ['DeleteItem', { TableName, Key: key('a') }, ['dynamodb:DeleteItem a']],
  ['UpdateItem', { TableName, Key: key('a') }, ['dynamodb:UpdateItem a']],
  ['PutItem', { TableName, Item: { ...key('a'), v: { N: '1' } } }, ['dynamodb:PutItem a']],
  [
    'Query',
    {
      TableName,
      KeyConditionExpression: 'sk >= :from AND pk = :it',
      ExpressionAttributeValues: { ':it': { S: 'a' }, ':from': { S: 'b' } },
    },
    ['dynamodb:Query a'],
  ],
  [
    'Query',
    {
      TableName,
      KeyConditionExpression: '#key = :it',
      ExpressionAttributeNames: { '#key': 'pk' },
      ExpressionAttributeValues: { ':it': { S: 'a' } },
    },
    ['dynamodb:Query a'],
  ],
  [
    'BatchGetItem',
    { RequestItems: { Records: { Keys: [key('a'), key('b')] } } },
    ['dynamodb:BatchGetItem a b'],
  ],
  [
    'BatchWriteItem',
    { RequestItems: { Records: [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('b') } }] } },
    ['dynamodb:BatchWriteItem a b'],
  ],
  [
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName, Item: key('a') } },
        { Update: { TableName, Key: key('b') } },
        { Delete: { TableName, Key: key('c') } },
        { ConditionCheck: { TableName, Key: key('d') } },
      ],
    },
    ['dynamodb:PutItem a', 'dynamodb:UpdateItem b', 'dynamodb:DeleteItem c', 'dynamodb:ConditionCheckItem d'],
  ],
])('reads the keys of %s', (operation, input, accesses) => {
  expect(keysOf(operation, input)).toEqual(accesses);
});

it.each<[string, object]>([
  ['Scan', { TableName }],
  ['ExecuteStatement', { Statement: 'SELECT * FROM Records' }],
  ['GetItem', { TableName: 'Another', Key: key('a') }],
  [
    'Query',
    { TableName, IndexName: 'byDay', KeyConditionExpression: 'pk = :it', ExpressionAttributeValues: {} },
  ],
  ['Query', { TableName, KeyConditionExpression: 'begins_with(pk, :it)', ExpressionAttributeValues: {} }],
  ['TransactWriteItems', { TransactItems: [{ Other: { TableName, Key: key('a') } }] }],
])('does not judge %s %j, which it does not know', (operation, input) => {
  expect(() => keysOf(operation, input)).toThrow();
});

it.each([
  ['SendMessage', 'sqs:SendMessage'],
  ['SendMessageBatch', 'sqs:SendMessage'],
  ['GetQueueAttributes', 'sqs:GetQueueAttributes'],
])('reads the queue of %s', (operation, action) => {
  const input = { QueueUrl: 'http://127.0.0.1:1/000000000000/alerts.fifo' };
  expect(accessesOf({ service: 'sqs', operation, input }, model)).toEqual([
    { action, resource: 'arn:aws:sqs:us-east-1:000000000000:alerts.fifo' },
  ]);
});

const mime = (from: string) => `Subject: x\r\nfrom: ${from}\r\nTo: b@c.test\r\n\r\nFrom: <x@y.test>`;
function send(changes: object): ServiceCall {
  const input = {
    Source: 'billing@acme.test',
    Destinations: ['ann@acme.test', 'bob@Other.test'],
    ConfigurationSetName: 'set',
    RawMessage: { Data: Buffer.from(mime('BillingWatch <billing@acme.test>')) },
    ...changes,
  };
  return { service: 'ses', operation: 'SendRawEmail', input };
}
const shortened = (call: ServiceCall) =>
  accessesOf(call, model).map(({ resource, fromAddress }) => `${resource.split(':').at(-1)} ${fromAddress}`);

it('asks about the sender, the configuration set and each recipient of an email', () => {
  expect(shortened(send({}))).toEqual([
    'configuration-set/set billing@acme.test',
    'identity/acme.test billing@acme.test',
    'identity/bob@other.test billing@acme.test',
  ]);
});

it.each([
  ['a name', 'BillingWatch <a@b.test>', 'a@b.test'],
  ['the address alone', 'a@b.test', 'a@b.test'],
  ['a folded line', '"A very long name"\r\n <a@B.test>', 'a@B.test'],
])('takes the address from the From header: %s', (_form, from, address) => {
  const [access] = accessesOf(send({ RawMessage: { Data: Buffer.from(mime(from)) } }), model);
  expect(access?.fromAddress).toBe(address);
});

it('reads an email from the form that goes over the wire', () => {
  const { input } = send({});
  const form = new URLSearchParams({
    Action: 'SendRawEmail',
    Source: 'billing@acme.test',
    'Destinations.member.1': 'ann@acme.test',
    'Destinations.member.2': 'bob@Other.test',
    ConfigurationSetName: 'set',
    'RawMessage.Data': Buffer.from(mime('BillingWatch <billing@acme.test>')).toString('base64'),
  });
  const call = serviceCall('ses', {}, Buffer.from(form.toString()));
  expect(shortened(call)).toEqual(shortened({ service: 'ses', operation: 'SendRawEmail', input }));
});
