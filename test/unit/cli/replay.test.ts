import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { demoEvents } from '../../../infra/local/demo/demo-company.ts';

const root = join(__dirname, '../../..');
const todaySec = 1_795_392_000; // 23 November 2026
const { history, today } = demoEvents({ todaySec });
const lines = [...history, ...today].map((event) => JSON.stringify(event));

function replay(input: string | Buffer, ...flags: readonly string[]) {
  const script = join(root, 'infra/cli/replay.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', script, ...flags], {
    cwd: root,
    input,
  });
  return { stdout: String(stdout), stderr: String(stderr), status };
}

it('finds what is wrong in a file, as one JSON line a finding', () => {
  const { stdout, stderr, status } = replay(lines.join('\n'), '-', '--json');
  const findings: readonly Record<string, unknown>[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(findings.map(({ detector }) => detector).sort()).toEqual([
    'amount-spike',
    'amount-spike',
    'invoice-arithmetic',
    'usage-spike',
  ]);
  for (const finding of findings) {
    expect(finding).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{26}$/),
      detector: expect.any(String),
      certainty: expect.stringMatching(/^(proven|unusual)$/),
      severity: expect.stringMatching(/^(low|medium|high|critical)$/),
      eventId: expect.stringMatching(/^evt_/),
      customer: expect.stringMatching(/^cus_/),
      object: expect.stringMatching(/^(in|ch)_/),
      at: expect.any(Number),
      currency: expect.stringMatching(/^[a-z]{3}$/),
      actual: expect.any(Number),
      expected: { low: expect.any(Number), high: expect.any(Number) },
      summary: expect.any(String),
    });
  }
  expect(stderr).toContain('0 bad lines; 4 findings');
  expect(status).toBe(0);
});

it('reads gzip, and makes a table for people', () => {
  const { stdout, status } = replay(gzipSync(lines.join('\n')), '-');
  expect(
    stdout.split('\n').filter((line) => /^2026-\d\d-\d\d \d\d:\d\d {2}(medium|high|critical) +\S/.test(line)),
  ).toHaveLength(4);
  expect(status).toBe(0);
});

it('names a bad line and what is wrong with it, goes on, and exits 1', () => {
  const broken = [
    ...lines.slice(0, 2),
    '{"half',
    '[]',
    '{"id":"evt_1","type":"invoice.created","object":"event","created":1,"data":{"object":{}}}',
  ];
  const { stdout, stderr, status } = replay([...broken, ...lines.slice(2)].join('\n'), '-', '--json');
  expect(stderr).toMatch(/^line 3: .*JSON/m);
  expect(stderr).toMatch(/^line 4: .*not a Stripe event/m);
  expect(stderr).toMatch(/^line 5: /m);
  expect(stdout.trim().split('\n')).toHaveLength(4);
  expect(status).toBe(1);
});

it('says how it is used, and which file it can not read', () => {
  expect(replay('', '--nonsense')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Usage: npm run'),
  });
  expect(replay('')).toMatchObject({ status: 2 });
  expect(replay('', 'no-such-file')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("no-such-file can't be read"),
  });
});
