import { iamModel } from '../../../../infra/local/iam/iam-model.ts';
import { localNames } from '../../../../infra/local/stack/names.ts';
import { resourcesIn } from '../../../../infra/local/stack/template.ts';

const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Alerts', 'Arn'] } };

function modelOf(changes: { readonly statement?: object; readonly role?: object; readonly type?: string }) {
  const resources = resourcesIn({
    Resources: {
      Alerts: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'alerts' } },
      Records: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
      },
      Sender: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'acme.test' } },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Statement: [] }, ...changes.role },
      },
      Policy: {
        Type: changes.type ?? 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: { Statement: [{ ...allow, ...changes.statement }] },
        },
      },
      Another: {
        Type: 'AWS::IAM::Policy',
        Properties: { Roles: [{ Ref: 'OtherRole' }], PolicyDocument: { Statement: [allow] } },
      },
      Sweep: {
        Type: 'AWS::Lambda::Function',
        Metadata: { 'aws:cdk:path': 'Stack/AccountSweeping/Sweep/Function/Resource' },
        Properties: {
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'sweep' } },
        },
      },
    },
  });
  return iamModel(resources, localNames(resources, { sqs: 'http://sqs', api: 'http://api' }));
}

it.each(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'])(
  "reads each function's role from an %s, with names as they are here",
  (type) => {
    expect(modelOf({ type })).toEqual({
      roles: [
        {
          functionName: 'sweep',
          user: 'arn:aws:sts::000000000000:assumed-role/Role/sweep',
          construct: 'infra/constructs/account-sweeping.ts',
          statements: [
            {
              Effect: 'Allow',
              Action: ['sqs:SendMessage'],
              Resource: ['arn:aws:sqs:us-east-1:000000000000:alerts'],
            },
          ],
        },
      ],
      partitionKeys: { Records: 'pk' },
      senderIdentity: 'acme.test',
    });
  },
);

it.each([
  { Effect: 'Deny' },
  { NotAction: 'sqs:*' },
  { NotResource: '*' },
  { Principal: '*' },
  { Resource: { 'Fn::Select': [0, ['a']] } },
  { Condition: { StringLike: { 'ses:FromAddress': '*' } } },
  { Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['a'] } } },
  { Condition: { 'ForAllValues:StringLike': { 'dynamodb:Attributes': ['a'] } } },
  { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } },
])('refuses a statement with a form that it does not know: %j', (statement) => {
  expect(() => modelOf({ statement })).toThrow('npm start does not understand a policy of sweep');
});

it.each([
  { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
  { Policies: [] },
  { PermissionsBoundary: 'arn' },
])('refuses a role with policies elsewhere: %j', (role) => {
  expect(() => modelOf({ role })).toThrow("The role of sweep has policies that npm start can't read");
});
