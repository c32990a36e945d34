import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Template } from 'aws-cdk-lib/assertions';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoAlertStore } from '../../lib/store/alert/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../lib/store/alert/dynamo-answer-store.ts';
import { dynamoRecordStore } from '../../lib/store/record/dynamo-record-store.ts';
import { policiesIn } from './policies.ts';
import { settings, synthesize } from './synthesize.ts';

let template: Template;
let policies: ReturnType<typeof policiesIn>;
beforeAll(() => {
  template = synthesize().template;
  policies = policiesIn(template);
});

const receive = [
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ReceiveMessage',
];

it('lets the webhook read the signing secrets and put events on two queues, nothing else', () => {
  expect(policies.permissionsOf('webhook')).toEqual([
    'logs:CreateLogStream on Ingestion/Webhook/Logs',
    'logs:PutLogEvents on Ingestion/Webhook/Logs',
    'secretsmanager:GetSecretValue on Ingestion/SigningSecrets',
    'sqs:SendMessage on Detection/Events/Queue',
    'sqs:SendMessage on Ingestion/Unreadable/Queue',
  ]);
});

it('lets the detector consume events, query and put records, read what was learned, and send findings, nothing else', () => {
  expect(policies.permissionsOf('detector')).toEqual(
    [
      'dynamodb:GetItem on Records/Table',
      'dynamodb:PutItem on Records/Table',
      'dynamodb:Query on Records/Table',
      'logs:CreateLogStream on Detection/Detector/Logs',
      'logs:PutLogEvents on Detection/Detector/Logs',
      ...receive.map((action) => `sqs:${action} on Detection/Events/Queue`),
      'sqs:SendMessage on Alerting/Alerts/Queue',
    ].sort(),
  );
});

it('lets the sweep query the counts, keep its state and send findings, nothing else', () => {
  expect(policies.permissionsOf('sweep')).toEqual([
    'dynamodb:DeleteItem on Records/Table',
    'dynamodb:GetItem on Records/Table',
    'dynamodb:PutItem on Records/Table',
    'dynamodb:Query on Records/Table',
    'logs:CreateLogStream on Sweeping/Sweep/Logs',
    'logs:PutLogEvents on Sweeping/Sweep/Logs',
    'sqs:SendMessage on Alerting/Alerts/Queue',
  ]);
});

it('lets reconcile read its key and the counts, keep its certificate, and put on both queues, nothing else', () => {
  expect(policies.permissionsOf('reconcile')).toEqual([
    'dynamodb:GetItem on Records/Table',
    'dynamodb:PutItem on Records/Table',
    'dynamodb:Query on Records/Table',
    'logs:CreateLogStream on Reconciliation/Reconcile/Logs',
    'logs:PutLogEvents on Reconciliation/Reconcile/Logs',
    'secretsmanager:GetSecretValue on Reconciliation/StripeKey',
    'sqs:GetQueueAttributes on Detection/Events/Queue',
    'sqs:SendMessage on Alerting/Alerts/Queue',
    'sqs:SendMessage on Detection/Events/Queue',
  ]);
});

it('lets the alert function consume findings, claim them one by one and mail as us, nothing else', () => {
  const ses = (resource: string) => `ses:SendRawEmail on arn:Partition:ses:Region:AccountId:${resource}`;
  const addresses = [
    'acme.test',
    'ann@acme.test',
    'billingwatch@acme.test',
    'bob@acme.test',
    'cfo@acme.test',
    'ops@acme.test',
  ];
  expect(policies.permissionsOf('alert')).toEqual(
    [
      ...['BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'].map(
        (action) => `dynamodb:${action} on Records/Table`,
      ),
      'logs:CreateLogStream on Alerting/Alert/Logs',
      'logs:PutLogEvents on Alerting/Alert/Logs',
      'secretsmanager:GetSecretValue on Feedback/Keys',
      ses('configuration-set/Alerting/Mail/ConfigurationSet'),
      ...addresses.map((address) => ses(`identity/${address}`)),
      ...receive.map((action) => `sqs:${action} on Alerting/Alerts/Queue`),
      ...receive.map((action) => `sqs:${action} on Alerting/Unmailed/Queue`),
      'ses:GetSendQuota on *',
    ].sort(),
  );
});

it('lets the feedback function read its key and alerts, and write what people say, nothing else', () => {
  expect(policies.permissionsOf('feedback')).toEqual([
    'dynamodb:GetItem on Records/Table',
    'dynamodb:PutItem on Records/Table',
    'dynamodb:Query on Records/Table',
    'logs:CreateLogStream on Feedback/Feedback/Logs',
    'logs:PutLogEvents on Feedback/Feedback/Logs',
    'secretsmanager:GetSecretValue on Feedback/Keys',
  ]);
});

it('lets nobody mail from another address than ours', () => {
  const sends = policies.statements().filter(({ Action }) => Action === 'ses:SendRawEmail');
  expect(sends).toHaveLength(1);
  expect(sends[0]?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'billingwatch@acme.test' } });
});

it('mails from an address that SES knows by any domain above it, as far as a domain can be owned', () => {
  const change = { fromAddress: 'alerts@eu.mail.acme.test', senderIdentity: 'existing' };
  const policies = synthesize({ ...settings, ...change }).template.findResources('AWS::IAM::Policy');
  const granted = [...JSON.stringify(policies).matchAll(/identity\/([^"]+)/g)].map(
    ([, identity]) => identity,
  );
  for (const identity of ['alerts@eu.mail.acme.test', 'eu.mail.acme.test', 'mail.acme.test', 'acme.test']) {
    expect(granted).toContain(identity);
  }
  expect(granted).not.toContain('test');
});

it('has room in its policies for as many recipients as the settings may name', () => {
  const people = (list: string) =>
    Array.from({ length: 50 }, (_, index) => `${list}.firstname.lastname${index}@mail.acme-holding.test`);
  const change = { financeRecipients: people('finance'), platformRecipients: people('platform') };
  const { template: large } = synthesize({ ...settings, ...change });
  const sizes = (type: string) =>
    Object.values(large.findResources(type)).map(
      ({ Properties }) =>
        JSON.stringify(Properties.PolicyDocument).replaceAll(arnStart, 'x'.repeat(48)).length,
    );
  expect(Math.max(...sizes('AWS::IAM::Policy'))).toBeLessThan(10_240); // what IAM takes for a role
  expect(Math.max(...sizes('AWS::IAM::ManagedPolicy'))).toBeLessThan(6_144); // and for a policy by itself
});

/** `arn:aws:ses:eu-central-1:123456789012:` with its variables, as the template has it. */
const arnStart = /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},":ses:",.*?"AWS::AccountId"\},":/g;

it('lets each function touch its own kind of items alone, under the keys that it writes', async () => {
  const keys = (functionName: string) =>
    policies
      .statementsOf(functionName)
      .map(({ Condition }) => Condition?.['ForAllValues:StringLike'])
      .filter((condition) => condition !== undefined);
  expect(keys('webhook')).toEqual([]);
  expect(keys('detector')).toEqual([
    { 'dynamodb:LeadingKeys': ['customer#*'] },
    { 'dynamodb:LeadingKeys': ['hour#*', 'due#*', 'accounts'] },
    { 'dynamodb:LeadingKeys': ['account#*'] },
  ]);
  expect(keys('sweep')).toEqual([
    { 'dynamodb:LeadingKeys': ['hour#*', 'due#*', 'accounts', 'customer#*'] },
    { 'dynamodb:LeadingKeys': ['account#*'] },
  ]);
  expect(keys('reconcile')).toEqual([
    { 'dynamodb:LeadingKeys': ['hour#*', 'accounts'] },
    { 'dynamodb:LeadingKeys': ['account#*'] },
  ]);
  expect(keys('alert')).toEqual([
    {
      'dynamodb:LeadingKeys': [
        'alert#*',
        'deliveries',
        'delivery#*',
        'mailed#*',
        'outbox#*',
        'outboxes',
        'turn#*',
      ],
    },
    { 'dynamodb:LeadingKeys': ['answer#*'] },
    { 'dynamodb:LeadingKeys': ['accounts', 'customer#*'] },
    { 'dynamodb:LeadingKeys': ['account#*'] },
  ]);
  expect(keys('feedback')).toEqual([
    { 'dynamodb:LeadingKeys': ['alert#*'] },
    { 'dynamodb:LeadingKeys': ['answer#*', 'customer#*'] },
  ]);

  const dynamo = mockClient(DynamoDBClient).onAnyCommand().resolves({});
  const client = new DynamoDBClient({});
  await dynamoRecordStore(client, 'table').load({ account: 'self', livemode: true, customer: 'cus_1' });
  await dynamoAlertStore(client, 'table').endTurn(
    { key: { account: 'self', livemode: true }, untilSec: 1, mailed: [], refused: [] },
    [],
    [],
  );
  await dynamoAnswerStore(client, 'table').about({
    account: 'self',
    livemode: true,
    customer: null,
    detector: 'failure-rate',
  });
  const [query, answers] = dynamo.commandCalls(QueryCommand);
  expect(answers?.args[0].input.ExpressionAttributeValues?.[':pk']?.S).toMatch(/^answer#/);
  const [put] = dynamo.commandCalls(PutItemCommand);
  expect(query?.args[0].input.ExpressionAttributeValues?.[':pk']?.S).toMatch(/^customer#/);
  expect(put?.args[0].input.Item?.pk?.S).toMatch(/^turn#/);
});

it('lets the scheduler invoke the functions that have a clock, for this AWS account, and nothing else', () => {
  const roles = Object.entries(template.findResources('AWS::IAM::Role')).filter(([, { Properties }]) =>
    JSON.stringify(Properties).includes('scheduler.amazonaws.com'),
  );
  const granted = roles.flatMap(([id]) =>
    policies.statements(id).map(({ Action, Resource }) => `${Action} on ${policies.named(Resource)}`),
  );
  expect(granted.sort()).toEqual([
    'lambda:InvokeFunction on Alerting/Alert/Function',
    'lambda:InvokeFunction on Reconciliation/Reconcile/Function',
    'lambda:InvokeFunction on Sweeping/Sweep/Function',
  ]);
  for (const [, { Properties }] of roles) {
    expect(Properties.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    });
  }
});

it('gives no role a policy that AWS manages, and none that we do not see here', () => {
  const roles = Object.values(template.findResources('AWS::IAM::Role'));
  expect(roles).toHaveLength(9); // six functions, and the clocks of three of them
  for (const { Properties } of roles) expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument']);
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});
