import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { dynamoTryCounter } from '../../lib/store/tries/dynamo-try-counter.ts';
import { startDynaliteTable } from '../fixtures/dynalite-table.ts';
import { memoryTryCounter } from '../fixtures/memory/memory-try-counter.ts';

const nowSec = 1_800_000_000;
let table: Awaited<ReturnType<typeof startDynaliteTable>>;
beforeAll(async () => {
  table = await startDynaliteTable();
});
afterAll(() => table.stop());

const adapters = {
  DynamoDB: () => dynamoTryCounter(table.client, table.tableName, () => nowSec),
  memory: memoryTryCounter,
};

it.each(Object.keys(adapters) as (keyof typeof adapters)[])(
  'counts each message apart, in %s',
  async (name) => {
    const counter = adapters[name]();
    expect([await counter.add('a'), await counter.add('a'), await counter.add('b')]).toEqual([1, 2, 1]);
    await counter.takeBack('a');
    expect(await counter.add('a')).toBe(2);
  },
);

it('forgets a message after SQS has', async () => {
  await adapters.DynamoDB().add('a');
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
  expect(Items.length).toBeGreaterThan(0);
  for (const { ttl } of Items) expect(Number(ttl?.N)).toBe(nowSec + 15 * 86_400);
});
