import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { mostTries } from '../../lib/queue/process-messages.ts';
import { sesAnswers } from '../fixtures/answers/ses-answers.ts';
import { synthesize } from './synthesize.ts';

jest.setTimeout(60_000);

const runbook = readFileSync('docs/runbook.md', 'utf8');
/** A section, from its heading to the next. */
const section = (name: string) =>
  new RegExp(`^## ${name}\n.*?(?=^## |$(?![^]))`, 'ms').exec(runbook)?.[0] ?? '';
/** Each thing that a command of the runbook names so. */
const named = (pattern: RegExp) => [...new Set([...runbook.matchAll(pattern)].map(([, name]) => name))];

let template: Template;
let queues: readonly QueueProperties[];
beforeAll(() => {
  template = synthesize().template;
  queues = Object.entries(template.findResources('AWS::SQS::Queue')).map(([id, { Properties }]) => ({
    ...Properties,
    id,
  }));
});

interface QueueProperties {
  readonly id: string;
  readonly QueueName: string;
  readonly VisibilityTimeout?: number;
  readonly RedrivePolicy?: {
    readonly maxReceiveCount: number;
    readonly deadLetterTargetArn: { readonly 'Fn::GetAtt': readonly string[] };
  };
}

it('names queues, logs, outputs and secrets that there are', () => {
  const names = queues.map(({ QueueName }) => QueueName);
  const used = named(/queue_(?:url|arn) (BillingWatch-[\w.-]+)/g);
  expect(used.length).toBeGreaterThan(4);
  expect(names).toEqual(expect.arrayContaining(used));

  const logs = Object.values(template.findResources('AWS::Logs::LogGroup')).map(
    ({ Properties }) => Properties.LogGroupName,
  );
  const tailed = named(/aws logs tail (\S+)/g);
  expect(tailed.length).toBeGreaterThan(6);
  expect(logs).toEqual(expect.arrayContaining(tailed));

  const outputs = Object.keys(template.findOutputs('*'));
  expect(outputs).toEqual(expect.arrayContaining(named(/OutputKey=='(\w+)'/g)));
});

it('has SQS move messages only out of queues that are the dead letters of another, as SQS refuses all others', () => {
  const targets = queues.map(({ RedrivePolicy }) => RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'][0]);
  const deadLetters = queues.filter(({ id }) => targets.includes(id)).map(({ QueueName }) => QueueName);
  const moved = named(/start-message-move-task --source-arn "\$\(queue_arn ([\w.-]+)\)"/g);
  expect(moved.length).toBeGreaterThan(0);
  expect(deadLetters).toEqual(expect.arrayContaining(moved));
});

it('lets SQS move back what any queue gives up: each of them is some queue’s dead letters, or Stripe sends it again', () => {
  const targets = queues.map(({ RedrivePolicy }) => RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'][0]);
  const stranded = queues.filter(
    ({ id, RedrivePolicy }) => RedrivePolicy === undefined && !targets.includes(id),
  );
  expect(stranded.map(({ QueueName }) => QueueName)).toEqual(['BillingWatch-unreadable-events']);
});

it('explains every code by which a refused email is logged', () => {
  const codes = new Set(sesAnswers.map(({ is }) => is.code));
  const explained = `${section('emails-given-up')}${section('alerts-unsent')}`;
  const credentials = ['InvalidClientTokenId']; // Lambda's own are never wrong
  for (const code of codes) if (!credentials.includes(code)) expect(explained).toContain(`\`${code}\``);
});

it.each(['events', 'alerts'])('says of %s how often a message is tried, as it is', (name) => {
  expect(section(`${name}-dlq`)).toContain(`failed ${mostTries} times by itself`);
});

it('explains how to wait for a comparison that may take minutes, where the command line gives up after one', () => {
  const pages = `${runbook}${readFileSync('README.md', 'utf8')}`;
  const invocations = pages.split('\n').filter((line) => line.includes('aws lambda invoke'));
  expect(invocations).toHaveLength(3);
  for (const line of invocations) expect(line).toContain('--cli-read-timeout 0');
});
