import type { Template } from 'aws-cdk-lib/assertions';
import { policiesIn } from './policies.ts';
import { settings, synthesize } from './synthesize.ts';

/* What each function may do is compared with what it does in used-permissions.test.ts. */

let template: Template;
let policies: ReturnType<typeof policiesIn>;
beforeAll(() => {
  template = synthesize().template;
  policies = policiesIn(template);
});

it('lets no function mail from another address than ours', () => {
  const sends = policies.statements().filter(({ Action }) => Action === 'ses:SendRawEmail');
  expect(sends).toHaveLength(1);
  expect(sends[0]?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'billingwatch@acme.test' } });
});

it('lets no function touch the table but by named kinds of keys', () => {
  const onTable = policies.statements().filter(({ Action }) => JSON.stringify(Action).includes('dynamodb:'));
  expect(onTable.length).toBeGreaterThan(10);
  const patterns = onTable.map(
    ({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
  );
  for (const pattern of patterns.flatMap((some) => some ?? 'no condition'))
    expect(pattern).toMatch(/^[a-z]+(#\*)?$/); // all items of a kind, or one partition
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
