import type { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { settings, synthesize } from './synthesize.ts';

/** All that a new AWS account has, for all of its functions. */
const newAccount = 10;

const properties = (template: Template, type: string) =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

const reserved = (webhookReservedConcurrency: number) =>
  properties(
    synthesize({ ...settings, webhookReservedConcurrency }).template,
    'AWS::Lambda::Function',
  ).flatMap(({ ReservedConcurrentExecutions, Environment }) =>
    ReservedConcurrentExecutions === undefined
      ? []
      : [[Environment.Variables.POWERTOOLS_SERVICE_NAME, ReservedConcurrentExecutions]],
  );

it('leaves the webhook two of ten concurrent executions, whatever else runs, by the settings of a fresh clone', () => {
  jest.spyOn(console, 'error').mockImplementation(); // of placeholders
  const { template } = synthesize(cdkJson.context.billingwatch);
  // What only an earlier release has filled is empty in a new account.
  const isFormer = ({ EventSourceArn }: { EventSourceArn: object }) =>
    /Former|Unmailed/.test(JSON.stringify(EventSourceArn));
  const fromQueues = properties(template, 'AWS::Lambda::EventSourceMapping').flatMap((mapping) =>
    isFormer(mapping) ? [] : mapping.ScalingConfig.MaximumConcurrency,
  );
  const onSchedules = properties(template, 'AWS::Scheduler::Schedule').map(() => 1); // each ends before its next
  const others = [...fromQueues, ...onSchedules];
  expect(others).toHaveLength(5);
  expect(others.reduce((sum, some) => sum + some, 0)).toBeLessThanOrEqual(newAccount - 2);
});

it('reserves nothing by default, as AWS refuses to in a new account, and what the settings say for the webhook', () => {
  expect(cdkJson.context.billingwatch.webhookReservedConcurrency).toBe(0);
  expect(reserved(0)).toEqual([]);
  expect(reserved(50)).toEqual([['webhook', 50]]);
});
