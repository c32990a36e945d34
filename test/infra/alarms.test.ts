import { readFileSync } from 'node:fs';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { synthesize } from './synthesize.ts';

const runbook = readFileSync('docs/runbook.md', 'utf8');
const sections = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0], section]),
);

let template: Template;
let alarms: readonly Readonly<Record<string, unknown>>[];
beforeAll(() => {
  template = synthesize().template;
  alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties,
  );
});

it('watches the dead letters, the age of each queue, the answers to Stripe and the mail', () => {
  expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual([
    'BillingWatch-alerts-age',
    'BillingWatch-alerts-dlq',
    'BillingWatch-alerts-stopped',
    'BillingWatch-alerts-unsent',
    'BillingWatch-emails-given-up',
    'BillingWatch-events-age',
    'BillingWatch-events-dlq',
    'BillingWatch-feedback-errors',
    'BillingWatch-mail-bounced',
    'BillingWatch-mail-complaint',
    'BillingWatch-reconcile-errors',
    'BillingWatch-reconcile-gaps',
    'BillingWatch-sweep-errors',
    'BillingWatch-sweep-stopped',
    'BillingWatch-unreadable-events',
    'BillingWatch-webhook-errors',
    'BillingWatch-webhook-refusals',
  ]);
});

it('names its runbook in every alarm, and has no section without an alarm', () => {
  const named = alarms.map(
    ({ AlarmDescription }) => /docs\/runbook\.md#(\S+)$/.exec(String(AlarmDescription))?.[1],
  );
  expect(named.sort()).toEqual([...sections.keys()].sort());
});

it('says in every section what it is, how to look and what to do', () => {
  for (const section of sections.values()) {
    const headings = [...section.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Description', 'Investigation', 'Resolution']);
  }
});

it('says in the alarm itself what most likely keeps an email from finance', () => {
  const said = (name: string) =>
    String(alarms.find(({ AlarmName }) => AlarmName === `BillingWatch-${name}`)?.AlarmDescription);
  expect(said('emails-given-up')).toMatch(/sandbox.*a recipient is not verified/);
  expect(said('mail-bounced')).toMatch(/suppression list.*names the address/);
});

it('leads to no section that is not there', () => {
  const links = [...runbook.matchAll(/\]\(#([\w-]+)\)/g)].map(([, target]) => target);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(sections.has(link)).toBe(true);
});

it('notifies the platform engineers of every alarm, and may', () => {
  const [topicId = ''] = Object.keys(template.findResources('AWS::SNS::Topic'));
  for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: topicId }]);
  template.hasResourceProperties('AWS::SNS::Subscription', {
    TopicArn: { Ref: topicId },
    Protocol: 'email',
    Endpoint: 'ops@acme.test',
  });
  const allows = (action: unknown, service: string) => ({
    Statement: Match.arrayWith([
      Match.objectLike({ Effect: 'Allow', Action: action, Principal: { Service: service } }),
    ]),
  });
  for (const service of ['cloudwatch.amazonaws.com', 'ses.amazonaws.com']) {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike(allows('sns:Publish', service)),
    });
  }
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: Match.objectLike({
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Principal: { Service: ['cloudwatch.amazonaws.com', 'ses.amazonaws.com'] },
        }),
      ]),
    }),
  });
});

it('rings for a share of the webhooks only when at least three were answered so', () => {
  const shares = alarms.filter(({ AlarmName }) => String(AlarmName).startsWith('BillingWatch-webhook-'));
  expect(shares).toHaveLength(2);
  for (const { Metrics } of shares) {
    expect(Metrics).toContainEqual(
      expect.objectContaining({
        Expression: 'IF(counted >= 3, 100 * counted / requests, 0)',
        ReturnData: true,
      }),
    );
  }
});
