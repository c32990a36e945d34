import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostileRun, isBad } from '../hostile/hostile-run.ts';
import { plantedFaults } from '../hostile/planted-faults.ts';

/** `npm run hostile -- --requests 100000` is the whole of it. */
it('accepts nothing from 3,000 hostile requests, answers none 5xx, logs nothing of them and breaks nowhere', async () => {
  const report = await hostileRun(1, 3_000);
  expect(report).toMatchObject({ requests: 3_000, accepted: 0, failed: 0, wrong: [] });
  expect(report.queued).toBeGreaterThan(200); // signed rubbish that can be read went all the way
  expect(report.setAside).toBeGreaterThan(50);
  expect(report.findings).toBeGreaterThan(10);
  expect(report.answers.size).toBeGreaterThan(200);
});

it.each(plantedFaults)('reports a webhook or a table that %s', async (_name, planted, says) => {
  const report = await hostileRun(2, 400, planted);
  expect(isBad(report)).toBe(true);
  expect([...report.wrong, `${report.accepted} accepted`]).toContainEqual(expect.stringMatching(says));
});

it('leaves signatures to Stripe’s SDK, which compares in constant time, and compares none itself', () => {
  const folder = join(__dirname, '../../lib/stripe');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const sources = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(sources.filter((source) => source.includes('verifyHeader('))).toHaveLength(1);
  for (const source of sources) expect(source).not.toMatch(/createHmac|timingSafeEqual|computeHMAC/);
});
