import fc from 'fast-check';
import { type FeedbackClaims, sealToken } from '../../lib/feedback/feedback-token.ts';
import { anyOf } from './forged-webhooks.ts';
import { canary, type HostileRequest } from './hostile-request.ts';

export const feedbackKey = 'k'.repeat(64);

type Claims = Omit<FeedbackClaims, 'expiresAtSec'>;

/** Forged links to an alert: all are answered 403. */
function forgedTokens(alert: Claims, nowSec: number): Readonly<Record<string, fc.Arbitrary<string>>> {
  const expiresAtSec = nowSec + 86_400;
  const token = sealToken({ ...alert, expiresAtSec }, feedbackKey);
  const [claims = '', signature = ''] = token.split('.');
  const packed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    'any text': fc.string({ unit: 'binary', maxLength: 300 }).filter((text) => text !== token),
    'other key': fc.string().map((key) => sealToken({ ...alert, expiresAtSec }, `${key}x`)),
    expired: fc
      .integer({ min: 0, max: 10 ** 9 })
      .map((ageSec) => sealToken({ ...alert, expiresAtSec: nowSec - ageSec }, feedbackKey)),
    'cut short': fc.nat({ max: token.length - 1 }).map((length) => token.slice(0, length)),
    'of another alert': fc
      .constantFrom(
        [alert.account, alert.livemode, 'other', expiresAtSec],
        ['acct_other', alert.livemode, alert.id, expiresAtSec],
        [alert.account, alert.livemode, alert.id, 1e300],
        { __proto__: null, account: alert.account },
        null,
      )
      .map((other) => `${packed(other)}.${signature}`),
    'path tricks': fc.constantFrom(
      `../${token}`,
      `${token}/..`,
      `${token}%00`,
      `${token}/`,
      `%2e%2e%2f${token}`,
      `${token}.${signature}`,
      `${claims}..${signature}`,
      `${claims}.${signature}=`,
      ` ${token}`,
      `${token}\n`,
      token.replace('.', '%2E'),
      '__proto__',
      'constructor.prototype',
    ),
    huge: fc.constantFrom('a.'.repeat(5_000), 'x'.repeat(100_000), `${claims.repeat(200)}.${signature}`),
  };
}

const bodies = {
  'any text': fc.string({ unit: 'binary' }),
  'no action': fc.constantFrom(
    '',
    'seen=0',
    'action=',
    'action=__proto__&seen=0',
    'action=constructor&seen=0',
  ),
  'no count': fc
    .constantFrom('NaN', '1e999', '0x', 'Infinity', '9007199254740993', '0.5')
    .map((seen) => `action=error&seen=${seen}`),
  'no day': fc
    .constantFrom(
      '',
      '0000-00-00',
      '9999-99-99',
      '2026-02-31',
      '1970-01-01',
      '+275760-09-13',
      '２０２６-11-24',
      canary,
    )
    .map((until) => `action=planned&seen=0&until=${encodeURIComponent(until)}`),
  outdated: fc.integer({ min: 1, max: 2 ** 31 }).map((seen) => `action=expected&seen=${seen}`),
  huge: fc.constantFrom(`action=error&seen=0&x=${'x'.repeat(1_000)}`, 'x'.repeat(1_000_000)),
};

/** What strangers and mail scanners ask of the pages of alerts, and what a forwarded link invites. */
export function hostilePages(alert: Claims, nowSec: number): fc.Arbitrary<HostileRequest> {
  const token = sealToken({ ...alert, expiresAtSec: nowSec + 86_400 }, feedbackKey);
  const methods = fc.constantFrom('GET', 'HEAD', 'POST');
  const forged = fc.tuple(methods, anyOf(forgedTokens(alert, nowSec))).map(
    ([method, { name, made }]): HostileRequest => ({
      door: 'page',
      kind: `link: ${name}`,
      request: () => pageRequest(method, made, 'action=expected&seen=0'),
      answers: [403],
      mayAct: false,
    }),
  );
  const formed = fc.tuple(anyOf(bodies), fc.boolean()).map(
    ([{ name, made }, isBase64Encoded]): HostileRequest => ({
      door: 'page',
      kind: `form: ${name}`,
      request: () => pageRequest('POST', token, made, isBase64Encoded),
      answers: [400, 403, 413],
      mayAct: false,
    }),
  );
  const visited = fc.tuple(fc.constantFrom('GET', 'HEAD'), fc.string({ unit: 'binary' })).map(
    ([method, action]): HostileRequest => ({
      door: 'page',
      kind: 'link: opened by a scanner',
      request: () => ({
        ...pageRequest(method, token, ''),
        queryStringParameters: { action: `${canary}${action}`, __proto__: 'x' },
      }),
      answers: [200],
      mayAct: false,
    }),
  );
  return fc.oneof(forged, formed, visited);
}

function pageRequest(method: string, token: string, form: string, isBase64Encoded = false) {
  const body = isBase64Encoded ? Buffer.from(form).toString('base64') : form;
  return { method, headers: {}, pathParameters: { token }, body, isBase64Encoded };
}
