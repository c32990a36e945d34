import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { mostTries } from '../../lib/queue/process-messages.ts';
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

it.each(['events', 'alerts'])('says of %s how often a message is tried, as it is', (name) => {
  expect(section(`${name}-dlq`)).toContain(`failed ${mostTries} times by itself`);
});

it('explains how to wait for a comparison that may take minutes, where the command line gives up after one', () => {
  const pages = `${runbook}${readFileSync('README.md', 'utf8')}`;
  const invocations = pages.split('\n').filter((line) => line.includes('aws lambda invoke'));
  expect(invocations).toHaveLength(2);
  for (const line of invocations) expect(line).toContain('--cli-read-timeout 0');
});

describe('the commands that hand unmailed findings back', () => {
  const findings = [
    '{"id":"1","name":"a \\\\ b \\"c\\" 株式会社"}',
    '{"id":"2","note":"tab\\\\tand  spaces "}',
    '{"id":"3"}',
  ];
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'billingwatch-runbook-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('move each as it is, and end', () => {
    expect(handBack(folder, findings)).toEqual({
      'BillingWatch-unmailed-findings': [],
      'BillingWatch-alerts': findings,
    });
  });

  it('keep what the queue does not take', () => {
    expect(handBack(folder, findings, 'refuse')).toEqual({
      'BillingWatch-unmailed-findings': findings,
      'BillingWatch-alerts': [],
    });
  });
});

/** Runs the commands as they stand in the runbook, with an `aws` that keeps its queues in a file. */
function handBack(folder: string, findings: readonly string[], mode = ''): unknown {
  const state = join(folder, 'queues.json');
  const before = { 'BillingWatch-unmailed-findings': findings, 'BillingWatch-alerts': [] };
  writeFileSync(state, JSON.stringify(before));
  writeFileSync(join(folder, 'aws'), `#!${process.execPath}\n${awsStub}`, { mode: 0o755 });
  const codes = (text: string) => [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, code]) => code);
  const [functions = ''] = codes(runbook);
  const commands = codes(section('unmailed-findings')).at(-1) ?? '';
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, STATE: state, MODE: mode };
  const done = spawnSync('bash', ['-c', `${functions}\n${commands}`], {
    env,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(done.stderr).toBe('');
  return JSON.parse(readFileSync(state, 'utf8'));
}

/** As much of AWS's command line as these commands use; a receipt is the message's body, encoded. */
const awsStub = `
const fs = require('node:fs');
const [, command, ...rest] = process.argv.slice(2);
const flag = (name) => rest[rest.indexOf('--' + name) + 1];
const queues = JSON.parse(fs.readFileSync(process.env.STATE, 'utf8'));
const url = (name) => 'https://sqs.test/' + name;
const queue = queues[(flag('queue-url') ?? '').slice(url('').length)];
const hidden = process.env.STATE + '.hidden';
const seen = fs.existsSync(hidden) ? JSON.parse(fs.readFileSync(hidden, 'utf8')) : [];
if (command === 'get-queue-url') console.log(url(flag('queue-name')));
else if (command === 'get-queue-attributes') console.log(queue.length);
else if (command === 'receive-message') {
  const body = queue.find((one) => !seen.includes(one));
  if (body !== undefined) fs.writeFileSync(hidden, JSON.stringify([...seen, body]));
  console.log(body === undefined ? 'None' : Buffer.from(body).toString('base64') + '\\t' + body);
} else if (command === 'send-message') {
  if (process.env.MODE === 'refuse') process.exit(254);
  queue.push(flag('message-body'));
} else if (command === 'delete-message') {
  const body = Buffer.from(flag('receipt-handle'), 'base64').toString();
  queue.splice(queue.indexOf(body), 1);
} else throw new Error('This aws has no ' + command);
fs.writeFileSync(process.env.STATE, JSON.stringify(queues));
`;
