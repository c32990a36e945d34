import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { demoEvents } from '../../../infra/local/demo/demo-company.ts';

const root = join(__dirname, '../../..');
const todaySec = 1_795_392_000; // 23 November 2026
const { history, today } = demoEvents({ todaySec });
const lines = [...history, ...today].map((event) => JSON.stringify(event));

function replay(input: string | Buffer, ...flags: readonly string[]) {
  const script = join(root, 'infra/cli/replay.ts');
  const args = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', script, ...flags];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, input });
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
      account: 'self',
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

it('names ten bad lines and counts the rest: of a file of something else, each line is one', () => {
  const { stderr } = replay('not an event\n'.repeat(40), '-');
  expect(stderr.match(/^line \d+: /gm)).toHaveLength(10);
  expect(stderr).toContain('40 bad lines; 0 findings');
});

describe('with files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }
  const half = Math.floor(lines.length / 2);
  const first = file('first.jsonl', `${lines.slice(0, half).join('\n')}\n{"half`);
  const second = file('second.jsonl', lines.slice(half).join('\n'));
  const asIs = file('as-is.json', '{}');
  const quieter = file('quieter.json', '{ "off": ["amount-spike"] }');

  it('reads several one after the other, and says which one a bad line is in', () => {
    const { stdout, stderr, status } = replay('', first, second);
    expect(stdout.trim().split('\n')).toHaveLength(4);
    expect(stderr).toContain(`${first} line ${half + 1}: `);
    expect(status).toBe(1);
  });

  it('judges by the settings it is given', () => {
    const { stdout, status } = replay(lines.join('\n'), '-', '--config', quieter);
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stdout).not.toContain('amount-spike');
    expect(status).toBe(0);
  });

  it('compares two settings in one reading: what is lost and what is at stake, for people', () => {
    const { stdout, stderr, status } = replay(lines.join('\n'), '-', '--compare', asIs, quieter);
    expect(stdout).toMatch(/^off: \[\] -> \["amount-spike"\]$/m);
    expect(stdout).toMatch(/^Lost\n( {2}2026-.* amount-spike .*\n){2}\n/m);
    expect(stdout).toMatch(/^ {2}Gained +0$/m);
    expect(stdout).toMatch(/^ {2}Lost +2 {3}¥[\d,]+, \$[\d,.]+$/m);
    expect(stdout).toMatch(/^ {2}Kept +2 {3}\$[\d,.]+, €[\d,.]+$/m);
    expect(stderr).toContain('4 and 2 findings');
    expect(status).toBe(0);
  });

  it('compares them the other way round for programs: a line an alert gained, and the sums', () => {
    const { stdout } = replay(lines.join('\n'), '-', '--json', '--compare', quieter, asIs);
    const [...compared] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(compared.map(({ change, detector }) => [change, detector])).toEqual([
      ['gained', 'amount-spike'],
      ['gained', 'amount-spike'],
      ['sums', undefined],
    ]);
    const [one, other, sums] = compared;
    const atStake = { [one.currency]: one.atStake, [other.currency]: other.atStake };
    expect(sums).toEqual({
      change: 'sums',
      gained: { alerts: 2, atStake },
      lost: { alerts: 0, atStake: {} },
      kept: { alerts: 2, atStake: { usd: expect.any(Number), eur: expect.any(Number) } },
    });
  });

  it('refuses settings it does not know, before it reads an event', () => {
    const misspelt = file('misspelt.json', '{"of":["amount-spike"]}');
    expect(replay('', '-', '--compare', asIs, misspelt)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('of is not a setting. Did you mean off?'),
    });
  });
});

it('says how it is used, and which file it can not read', () => {
  expect(replay('', '--nonsense')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("Unknown option '--nonsense'.\n\nnpm run --silent replay"),
  });
  expect(replay('', '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--compare') });
  expect(replay('', 'no-such-file')).toMatchObject({
    status: 1,
    stderr: "no-such-file can't be read: no such file or directory\n",
  });
});
