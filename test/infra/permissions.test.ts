import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Template } from 'aws-cdk-lib/assertions';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoAlertStore } from '../../lib/store/dynamo-alert-store.ts';
import { dynamoAnswerStore } from '../../lib/store/dynamo-answer-store.ts';
import { dynamoRecordStore } from '../../lib/store/dynamo-record-store.ts';
import { settings, synthesize } from './synthesize.ts';

let template: Template;
beforeAll(() => {
  template = synthesize().template;
});

const receive = [
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ReceiveMessage',
];

it('lets the webhook read the signing secrets and put events on two queues, nothing else', () => {
  expect(permissionsOf('webhook')).toEqual([
    'logs:CreateLogStream on Ingestion/Webhook/Logs',
    'logs:PutLogEvents on Ingestion/Webhook/Logs',
    'secretsmanager:GetSecretValue on Ingestion/SigningSecrets',
    'sqs:SendMessage on Detection/Events/Queue',
    'sqs:SendMessage on Ingestion/Unreadable/Queue',
  ]);
});

it('lets the detector consume events, query and put records, read what was learned, and send findings, nothing else', () => {
  expect(permissionsOf('detector')).toEqual(
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
  expect(permissionsOf('sweep')).toEqual([
    'dynamodb:GetItem on Records/Table',
    'dynamodb:PutItem on Records/Table',
    'dynamodb:Query on Records/Table',
    'logs:CreateLogStream on Sweeping/Sweep/Logs',
    'logs:PutLogEvents on Sweeping/Sweep/Logs',
    'sqs:SendMessage on Alerting/Alerts/Queue',
  ]);
});

it('lets reconcile read its key and the counts, keep its certificate, and put on both queues, nothing else', () => {
  expect(permissionsOf('reconcile')).toEqual([
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
  expect(permissionsOf('alert')).toEqual(
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
      'sqs:SendMessage on Alerting/Unmailed/Queue',
    ].sort(),
  );
});

it('lets the feedback function read its key and alerts, and write what people say, nothing else', () => {
  expect(permissionsOf('feedback')).toEqual([
    'dynamodb:GetItem on Records/Table',
    'dynamodb:PutItem on Records/Table',
    'dynamodb:Query on Records/Table',
    'logs:CreateLogStream on Feedback/Feedback/Logs',
    'logs:PutLogEvents on Feedback/Feedback/Logs',
    'secretsmanager:GetSecretValue on Feedback/Keys',
  ]);
});

it('lets nobody mail from another address than ours', () => {
  const sends = statements().filter(({ Action }) => Action === 'ses:SendRawEmail');
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
    statementsOf(functionName).flatMap(({ Condition }) => Condition?.['ForAllValues:StringLike'] ?? []);
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
    { 'dynamodb:LeadingKeys': ['alert#*', 'mailed#*', 'outbox#*', 'outboxes', 'turn#*'] },
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
    { key: { account: 'self', livemode: true }, untilSec: 1, mailed: [] },
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
    statements(id).map(({ Action, Resource }) => `${Action} on ${named(Resource)}`),
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

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, unknown>>;
}

function statements(roleId?: string): readonly Statement[] {
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .map(({ Properties }) => Properties)
    .filter(({ Roles }) => roleId === undefined || Roles.some((role: { Ref: string }) => role.Ref === roleId))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function statementsOf(functionName: string): readonly Statement[] {
  const found = Object.values(template.findResources('AWS::Lambda::Function')).find(
    ({ Properties }) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === functionName,
  );
  return statements(found?.Properties.Role['Fn::GetAtt'][0]);
}

/** One line a permission, in alphabetical order: `action on construct/path`. */
function permissionsOf(functionName: string): readonly string[] {
  const permissions = statementsOf(functionName).flatMap(({ Action, Resource }) =>
    [Action]
      .flat()
      .flatMap((action) => [Resource].flat().map((resource) => `${action} on ${named(resource)}`)),
  );
  return [...new Set(permissions)].sort();
}

/** A reference as the path of the construct it means, `AWS::Region` as `Region`. */
function named(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(named).join('');
  const [[intrinsic, argument] = []] = Object.entries(value ?? {});
  if (intrinsic === 'Fn::Join') return named(argument[1]);
  const id = intrinsic === 'Ref' ? argument : argument[0];
  if (id.startsWith('AWS::')) return id.slice('AWS::'.length);
  const path: string = template.toJSON().Resources[id].Metadata['aws:cdk:path'];
  return path.split('/').slice(1, -1).join('/');
}
