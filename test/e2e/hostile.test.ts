import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { LocalSystem } from '../../infra/local/local-system.ts';
import { postWebhook } from '../../infra/local/post-webhooks.ts';
import { startFreshSystem } from '../fixtures/start-fresh-system.ts';
import { draftInvoiceEvent, liveSecret, signature } from '../fixtures/stripe-delivery.ts';
import { canary } from '../hostile/hostile-request.ts';

const nowSec = Math.floor(Date.now() / 1000);
const path = '/stripe/webhook';
const body = JSON.stringify(draftInvoiceEvent({}, { customer_name: canary }));
const wrong = `t=${nowSec},v1=${'0'.repeat(64)}`;
const printed: string[] = [];
let system: LocalSystem;

beforeAll(async () => {
  system = await startFreshSystem({ log: (line) => printed.push(line) });
});
afterAll(() => system.stop());

/** Sends bytes as they are, as no HTTP client would, and gives the status they are answered; 0: hung up on. */
function answerTo(bytes: string | Buffer): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(system.webhookUrl).port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
      socket.end();
    });
    socket.on('error', () => resolve(0));
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)));
  });
}

/** A request's bytes, with the length of its body. */
function raw(head: readonly string[], content: string | Buffer = body, target = `POST ${path}`): Buffer {
  const lines = [`${target} HTTP/1.1`, 'host: x', `content-length: ${Buffer.byteLength(content)}`, ...head];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(content)]);
}

it.each<[string, () => string | Buffer, number]>([
  ['no signature', () => raw([]), 400],
  ['a wrong signature, in capitals', () => raw([`STRIPE-SIGNATURE: ${wrong}`]), 400],
  [
    'a signature that is sent twice',
    () => raw([`stripe-signature: ${wrong}`, `Stripe-Signature: ${wrong}`]),
    400,
  ],
  [
    'a signature in Latin-1',
    () => Buffer.from(raw([`stripe-signature: t=${nowSec},v1=é`]).toString(), 'latin1'),
    400,
  ],
  ['a right signature of another body', () => raw([`stripe-signature: ${signature('{}', nowSec)}`]), 400],
  ['a captured body, too late', () => raw([`stripe-signature: ${signature(body, nowSec - 400)}`]), 400],
  [
    'a right signature of what is zipped',
    () => raw([`stripe-signature: ${signature(body, nowSec)}`, 'content-encoding: gzip'], gzipSync(body)),
    400,
  ],
  [
    'a right signature of what is UTF-16',
    () =>
      raw(
        [`stripe-signature: ${signature(body, nowSec)}`, 'content-type: application/json; charset=utf-16'],
        Buffer.from(body, 'utf16le'),
      ),
    400,
  ],
  ['no body', () => raw([`stripe-signature: ${wrong}`], ''), 400],
  ['six megabytes', () => raw([`stripe-signature: ${wrong}`], Buffer.alloc(6 * 1024 * 1024)), 400],
  ['a header of 20 KB', () => raw([`stripe-signature: ${'v1=00,'.repeat(3_500)}`]), 431],
  ['a line feed in a header', () => raw([`stripe-signature: ${wrong}\nx-evil: 1\u0000`]), 400],
  ['two lengths', () => raw(['content-length: 3']), 400],
  ['a length and chunks', () => raw(['transfer-encoding: chunked']), 400],
  [
    'chunks that are none',
    () => `POST ${path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
    400,
  ],
  ['no HTTP', () => '\u0016\u0003\u0001\u0002\r\n\r\n', 400],
  ['another method', () => raw([], body, `PUT ${path}`), 404],
  ['a path with dots', () => raw([], body, `POST /alerts/..${path}/../x`), 404],
  ['an empty host in the path', () => raw([], '', 'GET //'), 404],
  ['an invalid address', () => raw([], '', 'GET http://[::'), 404],
  ['a token with a broken escape', () => raw([], '', 'GET /alerts/%zz'), 403],
  ['a token that is a path', () => raw([], '', 'GET /alerts/%2e%2e%2fstripe'), 403],
  ['a forged token', () => raw([], 'action=expected&seen=0', 'POST /alerts/a.b'), 403],
])('answers to %s as it should, and nothing comes of it', async (_what, bytes, status) => {
  const before = await system.counts();
  expect(await answerTo(bytes())).toBe(status);
  await system.idle();
  expect(await system.counts()).toEqual(before);
});

it('takes a webhook while 300 callers hold their requests back, and 300 others send wrong ones', async () => {
  const { port } = new URL(system.webhookUrl);
  const slow = Array.from({ length: 300 }, () => connect(Number(port), '127.0.0.1'));
  for (const socket of slow) {
    socket.on('error', () => undefined);
    socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\n\r\n{"id":`);
  }
  const others = Promise.all(
    Array.from({ length: 300 }, () => answerTo(raw([`stripe-signature: ${wrong}`]))),
  );
  const target = { url: system.webhookUrl, signingSecret: liveSecret };
  expect(await postWebhook(draftInvoiceEvent({ id: 'evt_honest' }), target)).toBe(200);
  expect(slow.filter(({ destroyed }) => destroyed)).toEqual([]); // it did not have to wait for their end
  expect(new Set(await others)).toEqual(new Set([400]));
  for (const socket of slow) socket.destroy();
  await system.idle();
});

it('has logged no secret, no body and no failure', () => {
  const all = printed.join('\n');
  expect(all).toContain('RejectedRequests');
  for (const secret of [liveSecret, canary, wrong, '"level":"ERROR"', 'failed:'])
    expect(all).not.toContain(secret);
});
