import { Match, type Template } from 'aws-cdk-lib/assertions';
import { leaseSec } from '../../lib/store/alert/alert-store.ts';
import { synthesize } from './synthesize.ts';

let template: Template;
let queues: ReturnType<Template['findResources']>;
beforeAll(() => {
  template = synthesize().template;
  queues = template.findResources('AWS::SQS::Queue');
});

const deadLetters = [
  'BillingWatch-alerts-dlq',
  'BillingWatch-events-dlq.fifo',
  'BillingWatch-unreadable-events',
];

it('has two queues for work, three for what could not be done, and one that is being emptied', () => {
  const names = Object.values(queues).map(({ Properties }) => Properties.QueueName);
  expect(names.sort()).toEqual(
    [
      ...deadLetters,
      'BillingWatch-alerts',
      'BillingWatch-events.fifo',
      'BillingWatch-unmailed-findings', // an earlier release filled it
    ].sort(),
  );
});

it('encrypts every queue and takes nothing without TLS', () => {
  template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
  for (const id of Object.keys(queues)) {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: id }],
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 'sqs:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      }),
    });
  }
});

it('keeps every message for 14 days, the longest that SQS does', () => {
  template.allResourcesProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 14 * 86_400 });
});

it('gives up on a message only into a dead-letter queue', () => {
  for (const { Properties } of Object.values(queues)) {
    if (deadLetters.includes(String(Properties.QueueName))) continue;
    expect(Properties).toMatchObject({ RedrivePolicy: { maxReceiveCount: expect.any(Number) } });
  }
});

it('leaves the count of tries to the functions: SQS also counts while AWS refuses calls', () => {
  for (const name of ['events.fifo', 'alerts'])
    expect(queueOf(name)).toMatchObject({ RedrivePolicy: { maxReceiveCount: 1_000 } });
});

it('lets a turn at mailing outlive the function that has it', () => {
  expect(leaseSec).toBeGreaterThan(functionOf('alert').Timeout);
});

it('keeps one customer in order and lets all customers go in parallel', () => {
  template.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: 'BillingWatch-events.fifo',
    FifoQueue: true,
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
    ContentBasedDeduplication: Match.absent(), // the id of the event decides, not the text we made of it
  });
});

it('hides a message for six times as long as its function may take, and takes broken messages back singly', () => {
  const mappings = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'));
  expect(mappings).toHaveLength(3);
  const functions = template.findResources('AWS::Lambda::Function');
  for (const { Properties } of mappings) {
    expect(Properties).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const visibilitySec = queues[Properties.EventSourceArn['Fn::GetAtt'][0]]?.Properties.VisibilityTimeout;
    const timeoutSec = functions[Properties.FunctionName.Ref]?.Properties.Timeout;
    expect(visibilitySec).toBeGreaterThanOrEqual(6 * timeoutSec);
  }
});

function queueOf(name: string) {
  return found('AWS::SQS::Queue', ({ QueueName }) => QueueName === `BillingWatch-${name}`);
}

function functionOf(name: string) {
  const isIt = (properties: Properties) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === name;
  return found('AWS::Lambda::Function', isIt);
}

type Properties = ReturnType<Template['findResources']>[string]['Properties'];

function found(type: string, isIt: (properties: Properties) => boolean): Properties {
  const [properties] = Object.values(template.findResources(type))
    .map(({ Properties }) => Properties)
    .filter(isIt);
  if (properties === undefined) throw new Error(`The template has no such ${type}.`);
  return properties;
}
