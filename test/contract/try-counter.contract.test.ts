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
    const one = (messageId: string, receiptHandle: string) => ({ messageId, receiptHandle });
    const [first, second, other] = [one('a', 'r1'), one('a', 'r2'), one('b', 'r3')] as const;
    expect([await counter.add(first), await counter.add(second), await counter.add(other)]).toEqual([
      1, 2, 1,
    ]);
    expect(await counter.add(second)).toBe(2); // as when the answer of a call is lost
    await counter.takeBack(second);
    await counter.takeBack(second);
    expect(await counter.add(one('a', 'r4'))).toBe(2);
  },
);

it('forgets a message after SQS has', async () => {
  await adapters.DynamoDB().add({ messageId: 'a', receiptHandle: 'r1' });
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
  expect(Items.length).toBeGreaterThan(0);
  for (const { ttl } of Items) expect(Number(ttl?.N)).toBe(nowSec + 15 * 86_400);
});
