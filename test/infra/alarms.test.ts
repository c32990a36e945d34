import { readFileSync } from 'node:fs';
import { Logger } from '@aws-lambda-powertools/logger';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { makeHandler as makeSweep } from '../../functions/sweep/handler.ts';
import { memoryRenewalCalendar } from '../../infra/cli/memory-renewal-calendar.ts';
import { missedRenewal } from '../../lib/detectors/subscription/missed-renewal.ts';
import { memoryAccountStore } from '../fixtures/memory/memory-account-store.ts';
import { memoryRecordStore } from '../fixtures/memory/memory-record-store.ts';
import { settings, synthesize } from './synthesize.ts';

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
    ...['alert', 'detector', 'feedback', 'reconcile', 'sweep', 'webhook'].map(
      (name) => `BillingWatch-function-throttles-${name}`,
    ),
    'BillingWatch-mail-bounced',
    'BillingWatch-mail-complaint',
    'BillingWatch-reconcile-errors',
    'BillingWatch-reconcile-gaps',
    'BillingWatch-sweep-errors',
    'BillingWatch-sweep-stopped',
    'BillingWatch-unreadable-events',
    'BillingWatch-webhook-errors',
    'BillingWatch-webhook-refusals',
    'BillingWatch-webhook-signatures',
    'BillingWatch-webhook-throttled',
    'BillingWatch-webhooks-stopped',
  ]);
});

it('names its runbook in every alarm, and has no section without an alarm', () => {
  const named = alarms.map(
    ({ AlarmDescription }) => /docs\/runbook\.md#(\S+)$/.exec(String(AlarmDescription))?.[1],
  );
  expect([...new Set(named)].sort()).toEqual([...sections.keys()].sort());
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

it('notifies the platform engineers of every alarm and of its end, and may', () => {
  const [topicId = ''] = Object.keys(template.findResources('AWS::SNS::Topic'));
  for (const { AlarmActions, OKActions } of alarms)
    expect([AlarmActions, OKActions]).toEqual([[{ Ref: topicId }], [{ Ref: topicId }]]);
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
  const shares = alarms.filter(({ AlarmName }) => /-webhook-(errors|refusals)$/.test(String(AlarmName)));
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

it('costs what the docs reckon with: ten cents a month for each metric of an alarm', () => {
  const metrics = alarms.flatMap(({ Metrics }) =>
    Array.isArray(Metrics) ? Metrics.filter(({ MetricStat }) => MetricStat !== undefined) : ['its own'],
  );
  const line = readFileSync('docs/architecture.md', 'utf8')
    .split('\n')
    .find((row) => row.includes(' metrics under '));
  expect(line).toContain(`| ${(metrics.length / 10).toFixed(2)} |`);
});

describe('when no webhook is accepted', () => {
  const alarmNamed = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `BillingWatch-${name}`);
  const filters = () =>
    Object.values(template.findResources('AWS::Logs::MetricFilter')).map(({ Properties }) => ({
      pattern: Properties.FilterPattern,
      log: template.toJSON().Resources[Properties.LogGroupName.Ref].Properties.LogGroupName,
      ...Properties.MetricTransformations[0],
    }));

  it('rings after the hours of the settings, also when none ever was', () => {
    expect(alarmNamed('webhooks-stopped')).toMatchObject({
      Namespace: 'BillingWatch',
      MetricName: 'AcceptedWebhooks',
      Period: 3600,
      EvaluationPeriods: settings.webhookSilenceHours,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'notBreaching', // the hours before the deployment
    });
    const shorter = synthesize({ ...settings, webhookSilenceHours: 6 }).template;
    shorter.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'BillingWatch-webhooks-stopped',
      EvaluationPeriods: 6,
    });
  });

  it('counts what was answered 2xx, and each sweep as none, by the line that the sweep writes', async () => {
    const accepted = filters().filter(({ MetricName }) => MetricName === 'AcceptedWebhooks');
    expect(accepted.sort((a, b) => b.MetricValue - a.MetricValue)).toMatchObject([
      {
        log: '/aws/vendedlogs/BillingWatch/access',
        MetricValue: '1',
        pattern: '[id, ip, status = 2*, ms, error]',
      },
      { log: '/BillingWatch/sweep', MetricValue: '0', pattern: '{ $.message = "Swept" }' },
    ]);
    const logger = new Logger();
    const info = jest.spyOn(logger, 'info').mockImplementation();
    const deps = { store: memoryAccountStore(), detectors: [], sendFindings: async () => {} };
    const renewals = {
      calendar: memoryRenewalCalendar(),
      store: memoryRecordStore(),
      detector: missedRenewal,
      off: [],
    };
    await makeSweep({ ...deps, renewals }, () => 1_795_446_000, logger)();
    expect(info.mock.calls).toEqual([['Swept']]);
  });

  it('counts requests of a signature by a secret that is not ours, and those that the throttle refuses', () => {
    expect(alarmNamed('webhook-signatures')).toMatchObject({
      MetricName: 'RefusedSignatures',
      Dimensions: [{ Name: 'service', Value: 'webhook' }],
      Threshold: 3,
    });
    expect(alarmNamed('webhook-throttled')).toMatchObject({ MetricName: 'ThrottledWebhooks' });
    expect(filters()).toContainEqual(
      expect.objectContaining({
        MetricName: 'ThrottledWebhooks',
        pattern: '[id, ip, status = 429, ms, error]',
      }),
    );
  });
});

it.each(['events-dlq', 'alerts-dlq', 'unreadable-events'])(
  'rings about the first message in %s, and again whenever more come',
  (name) => {
    const metrics = alarms.find(({ AlarmName }) => AlarmName === `BillingWatch-${name}`)?.Metrics as {
      readonly Expression?: string;
      readonly MetricStat?: { readonly Period: number; readonly Stat: string };
    }[];
    expect(metrics.find(({ MetricStat }) => MetricStat)?.MetricStat).toMatchObject({
      Period: 300,
      Stat: 'Maximum',
    });
    const expression = metrics.find(({ Expression }) => Expression)?.Expression ?? '';
    expect(rings(expression, [0, 0, 1, 1, 1, 1])).toEqual([2]);
    expect(rings(expression, [0, 1, 1, 2, 2, 2, 0, 0])).toEqual([1, 4]);
    expect(rings(expression, [0, 1, 2, 3, 3, 3])).toEqual([1, 4]); // while they come in, it waits for the end
    expect(rings(expression, [0, 3, 3, 1, 1, 2, 2])).toEqual([1, 6]); // some were handed back meanwhile
    expect(rings('waiting', [0, 1, 1, 2, 2, 2, 0, 0])).toEqual([1]); // the check can fail
  },
);

/** The periods in which an alarm at 1 would ring: where the expression of CloudWatch reaches it, having been below. */
function rings(expression: string, counts: readonly number[]): readonly number[] {
  const code = expression
    .replace(/^IF\((.*), (\w+), (\w+)\)$/, '($1) ? $2 : $3')
    .replaceAll('DIFF(waiting)', 'diff')
    .replaceAll(' AND ', ' && ');
  const valueAt = new Function('waiting', 'diff', `return ${code};`);
  const values = counts.map((waiting, index): number =>
    valueAt(waiting, waiting - (counts[index - 1] ?? waiting)),
  );
  return values.flatMap((value, index) => (value >= 1 && (values[index - 1] ?? 0) < 1 ? [index] : []));
}
