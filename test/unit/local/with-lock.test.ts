import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../../infra/local/stack/with-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'billingwatch-lock-'));
const file = join(folder, 'lock');
afterAll(() => rmSync(folder, { recursive: true }));

it('lets one after the other work, and the next after one that failed', async () => {
  let busy = 0;
  const work = async (fails: boolean): Promise<number> => {
    busy += 1;
    const seen = busy;
    await sleep(20);
    busy -= 1;
    if (fails) throw new Error('no build');
    return seen;
  };
  const done = await Promise.allSettled(
    [true, false, false].map((fails) => withLock(file, () => work(fails))),
  );
  expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(done.slice(1)).toMatchObject([{ value: 1 }, { value: 1 }]);
  expect(existsSync(file)).toBe(false);
});

it('does not wait for one that died', async () => {
  writeFileSync(file, '2147483646'); // beyond any process id
  await expect(withLock(file, async () => 'done')).resolves.toBe('done');
});
