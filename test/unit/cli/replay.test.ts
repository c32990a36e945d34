import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { demoEvents } from '../../../infra/local/demo/demo-company.ts';

const root = join(__dirname, '../../..');
const todaySec = 1_795_392_000; // 23 November 2026
const { history, today } = demoEvents({ todaySec });
const lines = [...history, ...today].map((event) => JSON.stringify(event));
/** Too little for a customer's history. */
const lastDays = [...history, ...today]
  .filter(({ created }) => created > todaySec - 40 * 86_400)
  .map((event) => JSON.stringify(event))
  .join('\n');

function replay(
  from: string | Buffer | { readonly input: string; readonly stdout: number },
  ...flags: readonly string[]
) {
  const isPlain = typeof from === 'string' || Buffer.isBuffer(from);
  const { input, stdout: output } = isPlain ? { input: from, stdout: 'pipe' as const } : from;
  const script = join(root, 'infra/cli/replay/replay.ts');
  const args = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', script, ...flags];
  const options: SpawnSyncOptions = { cwd: root, input, stdio: ['pipe', output, 'pipe'], maxBuffer: 1 << 26 };
  const { stdout, stderr, status } = spawnSync(process.execPath, args, options);
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
      certainty: expect.stringMatching(/^(proven|contradiction|unusual)$/),
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

it('names a bad line and what is wrong with it, continues, and exits 1', () => {
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

it('counts equal bad lines in one: of a file of something else, each line is one', () => {
  const wrong = ['not an event', 'nor is this', '{"half', '{"object":"charge"}'];
  const { stderr, status } = replay(`${wrong.join('\n')}\n`.repeat(40), '-');
  expect(stderr.split('\n')).toEqual([
    'line 1 and 79 more: it is not JSON',
    'line 3 and 39 more: its JSON is cut off',
    'line 4 and 39 more: it is JSON, but not a Stripe event: it is a charge',
    '160 events: 0 judged, 0 repeats, 0 late, 160 bad lines; 0 findings',
    '',
  ]);
  expect(status).toBe(1);
});

it('reads the pages of `stripe events list`, newest first, as it reads the events one a line', () => {
  const newestFirst = [...history, ...today].toReversed();
  const half = Math.floor(newestFirst.length / 2);
  const pages = [newestFirst.slice(0, half), newestFirst.slice(half)].map((data) =>
    JSON.stringify({ object: 'list', data, has_more: true, url: '/v1/events' }, null, 2),
  );
  expect(replay(pages.join('\n'), '-', '--json')).toEqual(replay(lines.join('\n'), '-', '--json'));
});

it.each([
  ['in the middle', 0.5],
  ['at its start', 0.001],
])('says in a sentence that a gzip is cut off %s', (_name, share) => {
  const whole = gzipSync(lines.join('\n'));
  const { stderr, status } = replay(whole.subarray(0, whole.length * share), '-');
  expect(stderr).toMatch(
    /^([1-9][\d,]* events: .* findings\n)?Standard input can't be read: its gzip is cut off, so fetch it again\n$/,
  );
  expect(status).toBe(1);
});

it('says in a sentence that a gzip is damaged', () => {
  const damaged = gzipSync(lines.join('\n')).fill(0xff, 5_000, 6_000);
  const { stderr, status } = replay(damaged, '-');
  expect(stderr).toMatch(/^Standard input can't be read: its gzip is damaged, so fetch it again$/m);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(status).toBe(1);
});

it.each([
  ['findings', []],
  ['JSON', ['--json']],
  ['the usage', ['--help']],
])('says in a sentence that %s can not be written, and exits 1', (_name, flags) => {
  const readOnly = openSync(__filename, 'r');
  const { stderr, status } = replay({ input: lines.join('\n'), stdout: readOnly }, '-', ...flags);
  closeSync(readOnly);
  expect(stderr).toBe("The output can't be written: bad file descriptor\n");
  expect(status).toBe(1);
});

it('leaves a rule out, and refuses one that it does not know', () => {
  const found = (...flags: readonly string[]) =>
    replay(lastDays, '-', ...flags).stdout.match(/ amount-spike /g);
  expect(found()).toBeNull();
  expect(found('--without', 'ongoing', '--without', 'warm-up')).toHaveLength(2);
  expect(replay('', '-', '--without', 'warmup')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('warmup is not a rule of any detector. Did you mean warm-up?'),
  });
});

it('explains one event: the stages, what was found and who looked, within 100 columns', () => {
  const findings: readonly Record<string, string>[] = replay(lines.join('\n'), '-', '--json')
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const spike = findings.find(({ detector }) => detector === 'amount-spike');
  const { stdout, status } = replay(lines.join('\n'), '-', '--explain', spike?.eventId ?? '');
  expect(stdout).toContain(`${spike?.eventId}\n`);
  expect(stdout).toMatch(/^ {2}baseline\n {4}warm-up +from 5 amounts on/m);
  expect(stdout).toMatch(/^ {4}= \S+ is above the boundary of \S+$/m);
  expect(stdout).toMatch(/^Found\n {2}amount-spike: \w+, sent$/m);
  expect(stdout).toContain('Looked, and silent');
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  expect(status).toBe(0);
});

it('says that the event to explain is not in the file', () => {
  expect(replay(lines.join('\n'), '-', '--explain', 'evt_none')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('evt_none is not among these events'),
  });
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

  it('compares with and without a rule', () => {
    const flags = ['--compare', asIs, asIs, '--without', 'warm-up'];
    const { stdout } = replay(lastDays, '-', ...flags);
    expect(stdout).toMatch(/^NEW is judged without warm-up\.$/m);
    expect(stdout).toMatch(/^ {2}Gained +2 /m);
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
