import { Match, type Template } from 'aws-cdk-lib/assertions';
import { synthesize } from './synthesize.ts';

jest.setTimeout(30_000);

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

it('has two queues for work and three for what could not be done', () => {
  const names = Object.values(queues).map(({ Properties }) => Properties.QueueName);
  expect(names.sort()).toEqual([...deadLetters, 'BillingWatch-alerts', 'BillingWatch-events.fifo'].sort());
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

it('gives up on a message only into a dead-letter queue, which keeps it for 14 days', () => {
  for (const { Properties } of Object.values(queues)) {
    if (deadLetters.includes(String(Properties.QueueName))) {
      expect(Properties).toMatchObject({ MessageRetentionPeriod: 14 * 86_400 });
    } else {
      expect(Properties).toMatchObject({ RedrivePolicy: { maxReceiveCount: expect.any(Number) } });
    }
  }
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
  expect(mappings).toHaveLength(2);
  const functions = template.findResources('AWS::Lambda::Function');
  for (const { Properties } of mappings) {
    expect(Properties).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const visibilitySec = queues[Properties.EventSourceArn['Fn::GetAtt'][0]]?.Properties.VisibilityTimeout;
    const timeoutSec = functions[Properties.FunctionName.Ref]?.Properties.Timeout;
    expect(visibilitySec).toBeGreaterThanOrEqual(6 * timeoutSec);
  }
});
