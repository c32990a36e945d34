import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LambdaFunction, lambdaFunction } from '../../infra/local/lambda/lambda-function.ts';
import { until } from '../fixtures/until.ts';

const bundle = `
let count = 0;
exports.handler = async ({ does }, context) => {
  count += 1;
  if (does === 'throw') throw new TypeError('not today');
  if (does === 'crash') setImmediate(() => { throw new Error('gone'); });
  if (does === 'crash' || does === 'hang') await new Promise(() => {});
  if (does === 'wait') await new Promise((resolve) => setTimeout(resolve, 300));
  if (does === 'log') console.log('a line of the function');
  return { count, variable: process.env.OWN, function: process.env.AWS_LAMBDA_FUNCTION_NAME,
    leftMs: context.getRemainingTimeInMillis(), nothing: undefined };
};`;

const lines: string[] = [];
let lambda: LambdaFunction;

async function example(timeoutSec: number): Promise<LambdaFunction> {
  const assetDirectory = mkdtempSync(join(tmpdir(), 'billingwatch-function-'));
  writeFileSync(join(assetDirectory, 'index.js'), bundle);
  const model = { name: 'example', arn: 'arn:aws:lambda:example', assetDirectory, handler: 'index.handler' };
  return lambdaFunction(
    { ...model, timeoutSec, memoryMb: 128, environment: { OWN: 'set' } },
    { variables: {}, concurrency: 2, log: (line) => lines.push(line) },
  );
}

beforeEach(async () => {
  lambda = await example(300); // a busy machine may take its time
});
afterEach(() => lambda.stop());

it('gives the handler its own variables and a context, and answers as JSON would', async () => {
  const answer = await lambda.invoke({ does: 'answer' });
  expect(answer).toEqual({ count: 1, variable: 'set', function: 'example', leftMs: expect.any(Number) });
});

it('keeps an environment for the next invocation, also after one that failed', async () => {
  await expect(lambda.invoke({ does: 'throw' })).rejects.toThrow('not today');
  expect(await lambda.invoke({})).toMatchObject({ count: 2 });
});

it('replaces an environment that crashed', async () => {
  await expect(lambda.invoke({ does: 'crash' })).rejects.toThrow('example crashed: gone');
  expect(await lambda.invoke({})).toMatchObject({ count: 1 });
});

it('ends what takes longer than the time-out, and starts afresh', async () => {
  const hasty = await example(1);
  await expect(hasty.invoke({ does: 'hang' })).rejects.toThrow('example timed out after 1 seconds');
  let answer: unknown;
  await until('it answers within its second', async () => {
    answer = await hasty.invoke({}).catch(() => undefined);
    return answer !== undefined;
  });
  expect(answer).toMatchObject({ count: 1 });
  await hasty.stop();
});

it('runs no more at once than it may, one in each environment', async () => {
  const answers = Promise.all([1, 2, 3].map(() => lambda.invoke({ does: 'wait' })));
  expect(lambda.running()).toBe(3);
  const counts = (await answers).map((answer) => JSON.stringify(answer).match(/"count":(\d)/)?.[1]);
  expect(counts.sort()).toEqual(['1', '1', '2']);
  expect(lambda.running()).toBe(0);
});

it('hands on what the function writes', async () => {
  await lambda.invoke({ does: 'log' });
  await lambda.invoke({});
  expect(lines.join('\n')).toContain('example: a line of the function');
});
