import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../../infra/local/servers/loopback-server.ts';
import { freshBuild } from '../../infra/local/stack/fresh-build.ts';
import { until } from '../fixtures/until.ts';

const root = join(__dirname, '../..');
const anyPorts = ['--port', '0', '--mail-port', '0'];

beforeAll(() => freshBuild(() => undefined));

const command = ['--import', 'tsx', 'infra/cli/start/start.ts'];

function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
  });
  const exitCode = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const result = Promise.all([exitCode, text(child.stdout), text(child.stderr)]).then(
    ([code, stdout, stderr]) => ({ code, stdout, stderr }),
  );
  return { child, result };
}

it('plays the demo once: every fault of the day is found and mailed, nothing is lost', async () => {
  const { code, stdout, stderr } = await start(['--once', '--json', ...anyPorts]).result;
  expect(stderr).toContain('Mailbox   http://127.0.0.1:');
  expect(JSON.parse(stdout)).toEqual({
    webhooks: expect.any(Number),
    findings: 4,
    emails: 4,
    deadLetters: 0,
    seconds: expect.any(Number),
  });
  expect(code).toBe(0);
});

it.each([
  { when: 'it waits for webhooks', flags: ['--no-demo'], sign: 'Ctrl-C stops it.' },
  { when: 'the demo is under way', flags: [], sign: 'Webhook' },
])('ends on Ctrl-C while $when, and says how far it came', async ({ flags, sign }) => {
  const { child, result } = start(['--json', ...flags, ...anyPorts]);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  await until(`it says ${sign}`, () => said.includes(sign));
  child.kill('SIGINT');
  const { code, stdout } = await result;
  expect(JSON.parse(stdout)).toMatchObject({ webhooks: expect.any(Number), emails: expect.any(Number) });
  expect(code).toBe(0);
});

it('says in one sentence that its output can not be written', () => {
  const readOnly = openSync(__filename, 'r');
  const { status, stderr } = spawnSync(process.execPath, [...command, '--help'], {
    cwd: root,
    stdio: ['ignore', readOnly, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(readOnly);
  expect(stderr).toBe("The output can't be written: bad file descriptor\n");
  expect(status).toBe(1);
});

it('says in one sentence that a port is in use, and how to take another', async () => {
  const other = createServer();
  const { port } = new URL(await listenOnLoopback(other, 0));
  const { code, stderr } = await start(['--port', '0', '--mail-port', port]).result;
  await closeServer(other);
  expect(stderr).toBe(
    `Port ${port} is in use by another program: choose another with --mail-port, e.g. npm start -- --mail-port 0\n`,
  );
  expect(code).toBe(1);
});

it.each([
  { args: ['--onse'], says: "Unknown option '--onse'." },
  { args: ['--port', 'web'], says: '--port takes a port from 0 to 65535, not "web".' },
])('refuses $args with a sentence and the usage', async ({ args, says }) => {
  const { code, stderr } = await start(args).result;
  expect(stderr).toMatch(new RegExp(`^${says}\n\nnpm start -- \\[flags\\]`));
  expect(code).toBe(2);
});

it('refuses an invalid signing secret', async () => {
  const { code, stderr } = await start(anyPorts, { STRIPE_WEBHOOK_SECRET: 'sk_test_1' }).result;
  expect(stderr).toMatch(/^STRIPE_WEBHOOK_SECRET is not a signing secret: .*whsec_.*\n$/);
  expect(stderr).not.toContain('sk_test_1');
  expect(code).toBe(1);
});
