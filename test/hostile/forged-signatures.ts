import fc from 'fast-check';
import { liveSecret, signature } from '../fixtures/stripe-delivery.ts';
import { canary } from './hostile-request.ts';

/** A header for a body, made by someone who does not know the secret, but has seen what Stripe sent elsewhere. */
export type Forge = (body: string, nowSec: number) => string | undefined;

const foreign = 'whsec_foreignforeignforeignforeign01';
const part = (header: string): string => header.split(',')[1]?.slice('v1='.length) ?? '';
const hex = (length: number, digits = '0123456789abcdef') =>
  fc.string({ unit: fc.constantFrom(...digits), minLength: length, maxLength: length });
const always =
  (header: string): Forge =>
  () =>
    header;

/** What someone could have captured: rightly signed, of another body than the one it comes with. */
const captured = (nowSec: number) => signature('{"id":"evt_captured"}', nowSec);

const malformed = [
  '',
  ' ',
  ',',
  '=',
  't',
  'v1',
  't=',
  't=,v1=',
  't=1,v1',
  't=NaN,v1=NaN',
  't=Infinity,v1=0',
  't=-1,v1=0',
  't=1e99,v1=0',
  't=99999999999999999999,v1=0',
  't=0x7fffffff,v1=0',
  't=１７９５４４６０００,v1=00',
  '{"t":1,"v1":"00"}',
  'Bearer sk_live_0',
  '__proto__=1,constructor=2,v1=3,t=4',
  't=1;v1=2',
  't=1\r\nx-evil: 1,v1=2',
  '\u0000',
  `t=1,v1=${canary}`,
];

/** Each by its name, for the report. */
export const forgedSignatures: Readonly<Record<string, fc.Arbitrary<Forge>>> = {
  'no signature': fc.constant(() => undefined),
  'malformed header': fc.oneof(fc.constantFrom(...malformed), fc.string({ unit: 'binary' })).map(always),
  'wrong signature': hex(64).map((v1) => (_body, nowSec) => `t=${nowSec},v1=${v1}`),
  'signature that is no hex': fc
    .string({ unit: 'grapheme', minLength: 64, maxLength: 64 })
    .map((v1) => (_body, nowSec) => `t=${nowSec},v1=${v1}`),
  'signature cut short': fc
    .nat({ max: 63 })
    .map((length) => (_body, nowSec) => `t=${nowSec},v1=${part(captured(nowSec)).slice(0, length)}`),
  'other secret': fc.constant((body, nowSec) => signature(body || ' ', nowSec, foreign)),
  'secret guessed': fc
    .constantFrom('whsec_', 'secret', 'undefined', 'null', ' ', '[object Object]', liveSecret.slice(0, -1))
    .map(
      (guess): Forge =>
        (body, nowSec) =>
          signature(body || ' ', nowSec, guess),
    ),
  'of another body': fc.constant((_body, nowSec) => captured(nowSec)),
  'old time, other secret': fc
    .integer({ min: 301, max: 10 ** 9 })
    .map((age) => (body, nowSec) => signature(body || ' ', nowSec - age, foreign)),
  'captured, with the time of now': fc.integer({ min: 301, max: 10 ** 7 }).map((age) => (_body, nowSec) => {
    const old = captured(nowSec - age);
    return age % 2 === 0 ? `${old},t=${nowSec}` : `t=${nowSec},v1=${part(old)}`;
  }),
  'several v1': fc
    .array(hex(64), { minLength: 2, maxLength: 40 })
    .map((all) => (_body, nowSec) => [`t=${nowSec}`, ...all.map((v1) => `v1=${v1}`)].join(',')),
  'v0 only': fc.constant((_body, nowSec) => captured(nowSec).replace('v1=', 'v0=')),
  'other schemes': fc
    .constantFrom('V1', 'v2', 'v11', 'v1 ', ' v1', 'v1[]', '__proto__')
    .map((name) => (_body, nowSec) => captured(nowSec).replace('v1=', `${name}=`)),
  'duplicate headers': fc
    .array(hex(64), { minLength: 2, maxLength: 4 })
    .map((all) => (_body, nowSec) => all.map((v1) => `t=${nowSec},v1=${v1}`).join(',')),
  'huge header': fc
    .tuple(fc.constantFrom('v1=00,', 't=1,', 'v1=,', '=', ',', 'é', canary), fc.integer({ min: 1, max: 3 }))
    .map(
      ([unit, size]) =>
        (_body, nowSec) =>
          `t=${nowSec},${unit.repeat(size * 8_000)}`,
    ),
};
