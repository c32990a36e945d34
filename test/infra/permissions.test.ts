import type { Template } from 'aws-cdk-lib/assertions';
import { synthesize } from './synthesize.ts';

jest.setTimeout(30_000);

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

it('lets the detector consume events, query and put records, and send findings, nothing else', () => {
  expect(permissionsOf('detector')).toEqual(
    [
      'dynamodb:PutItem on Records/Table',
      'dynamodb:Query on Records/Table',
      'logs:CreateLogStream on Detection/Detector/Logs',
      'logs:PutLogEvents on Detection/Detector/Logs',
      ...receive.map((action) => `sqs:${action} on Detection/Events/Queue`),
      'sqs:SendMessage on Alerting/Alerts/Queue',
    ].sort(),
  );
});

it('lets the alert function consume findings, claim them one by one and mail as us, nothing else', () => {
  const ses = (resource: string) => `ses:SendRawEmail on arn:Partition:ses:Region:AccountId:${resource}`;
  const addresses = [
    'acme.test',
    'ann@acme.test',
    'billingwatch@acme.test',
    'bob@acme.test',
    'ops@acme.test',
  ];
  expect(permissionsOf('alert')).toEqual(
    [
      ...['DeleteItem', 'GetItem', 'PutItem'].map((action) => `dynamodb:${action} on Records/Table`),
      'logs:CreateLogStream on Alerting/Alert/Logs',
      'logs:PutLogEvents on Alerting/Alert/Logs',
      ses('configuration-set/Alerting/Mail/ConfigurationSet'),
      ...addresses.map((address) => ses(`identity/${address}`)),
      ...receive.map((action) => `sqs:${action} on Alerting/Alerts/Queue`),
    ].sort(),
  );
});

it('lets nobody mail from another address than ours', () => {
  const sends = statements().filter(({ Action }) => Action === 'ses:SendRawEmail');
  expect(sends).toHaveLength(1);
  expect(sends[0]?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'billingwatch@acme.test' } });
});

it('gives no role a policy that AWS manages, and none that we do not see here', () => {
  const roles = Object.values(template.findResources('AWS::IAM::Role'));
  expect(roles).toHaveLength(3);
  for (const { Properties } of roles) expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument']);
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

function statements(roleId?: string): readonly Statement[] {
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .map(({ Properties }) => Properties)
    .filter(({ Roles }) => roleId === undefined || Roles.some((role: { Ref: string }) => role.Ref === roleId))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** One line a permission, in alphabetical order: `action on construct/path`. */
function permissionsOf(functionName: string): readonly string[] {
  const found = Object.values(template.findResources('AWS::Lambda::Function')).find(
    ({ Properties }) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === functionName,
  );
  return statements(found?.Properties.Role['Fn::GetAtt'][0])
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((resource) => `${action} on ${named(resource)}`)),
    )
    .sort();
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
