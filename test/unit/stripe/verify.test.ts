import { verify } from '../../../lib/stripe/verify.ts';
import { liveSecret, signature } from '../../fixtures/stripe-delivery.ts';

const nowSec = 1_767_225_600;
const payload = '{"id":"evt_1","name":"Zoë 😀"}';

function verifyText(text: string, header: string | undefined, secrets = [liveSecret]) {
  return verify(Buffer.from(text), header, secrets, nowSec);
}

it('reads what Stripe signed, once, and keeps its text', () => {
  const answer = verifyText(payload, signature(payload, nowSec));
  expect(answer).toEqual({ ok: true, payload: { id: 'evt_1', name: 'Zoë 😀' }, text: payload });
});

describe('while a secret is rolled', () => {
  const nextSecret = 'whsec_nextnextnextnextnextnextnextnex2';

  it.each([liveSecret, nextSecret])('takes what either live secret signed: %s', (secret) => {
    expect(verifyText(payload, signature(payload, nowSec, secret), [liveSecret, nextSecret]).ok).toBe(true);
  });

  it('takes a header with a signature by each', () => {
    const [, nextPart] = signature(payload, nowSec, nextSecret).split(',');
    const both = `${signature(payload, nowSec)},${nextPart}`;
    expect(verifyText(payload, both, [liveSecret]).ok).toBe(true);
    expect(verifyText(payload, both, [nextSecret]).ok).toBe(true);
  });
});

describe('of blanks in the header', () => {
  const valid = signature(payload, nowSec);
  const blank = (header: string) => header.replaceAll(',', ', ');

  it.each([
    ['behind the comma', blank(valid)],
    ['tabs, and on both sides', `\t${valid.replaceAll(',', ' \t,  ')} `],
    ['around the equals signs', valid.replaceAll('=', ' = ')],
    ['between several signatures', `${blank(valid)}, v1=${'0'.repeat(64)}`],
  ])('takes them %s', (_what, header) => {
    expect(verifyText(payload, header).ok).toBe(true);
  });

  it.each([
    ['an old signature', blank(signature(payload, nowSec - 301))],
    ['an old signature behind the time of now', `t=${nowSec}, ${signature(payload, nowSec - 301)}`],
    ['an old signature before the time of now', `${signature(payload, nowSec - 301)}, t=${nowSec}`],
    ['a future signature', blank(signature(payload, nowSec + 301))],
    ['a future signature before the time of now', `${signature(payload, nowSec + 301)}, t = ${nowSec}`],
    ['a signature of another body', blank(signature(`${payload} `, nowSec))],
    ['a signature by a foreign secret', blank(signature(payload, nowSec, 'whsec_foreign'))],
    ['another scheme', blank(valid.replace('v1=', 'v 1='))],
    ['a signature in two pieces', valid.replace(/(?<=v1=.{32})/, ' ')],
    ['a time in two pieces', valid.replace(/(?<=t=.{5})/, ' ')],
  ])('still refuses with them %s', (_what, header) => {
    expect(verifyText(payload, header)).toEqual({ ok: false, reason: 'signature' });
  });

  it('reads a header of nothing else once, however long', () => {
    expect(verifyText(payload, `t=${' '.repeat(3_000_000)}1`).ok).toBe(false); // else it would take hours
  });
});

describe('turns away, and says why to us only,', () => {
  const valid = signature(payload, nowSec);
  const rejected = (reason: string) => ({ ok: false, reason });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['garbage', 'not a signature'],
    ['no signature', `t=${nowSec}`],
    ['a signature without a value, on which the SDK throws a plain Error', 't=1,v1'],
    [
      '64 characters that are not ASCII, on which the SDK throws a RangeError',
      `t=${nowSec},v1=${'é'.repeat(64)}`,
    ],
    ['a signature by a foreign secret', signature(payload, nowSec, 'whsec_foreign')],
    ['a signature of another body', signature(`${payload} `, nowSec)],
    ['an unknown scheme', valid.replace('v1=', 'v0=')],
    ['a changed time', valid.replace(`t=${nowSec}`, `t=${nowSec + 1}`)],
    ['a later time, after the signed one', `${valid},t=${nowSec + 1}`],
    ['an old signature behind the time of now', `t=${nowSec},${signature(payload, nowSec - 301)}`],
    ['a future signature behind the time of now', `t=${nowSec},${signature(payload, nowSec + 301)}`],
  ])('%s', (_what, header) => {
    expect(verifyText(payload, header)).toEqual(rejected('signature'));
  });

  it('everything while there is no secret', () => {
    expect(verifyText(payload, valid, [])).toEqual(rejected('signature'));
    expect(verifyText(payload, signature(payload, nowSec, ' '), [''])).toEqual(rejected('signature'));
  });

  it.each([
    [-301, false],
    [-300, true],
    [300, true],
    [301, false],
    [86_400 * 365, false],
  ])('a signature made %d s from now: accepted is %p', (offsetSec, ok) => {
    expect(verifyText(payload, signature(payload, nowSec + offsetSec)).ok).toBe(ok);
  });

  it('a signed body that is not JSON', () => {
    expect(verifyText('{"id":', signature('{"id":', nowSec))).toEqual(rejected('json'));
  });

  it('an empty body and one of more than 1,000,000 bytes, before it is looked at', () => {
    expect(verifyText('', signature('', nowSec))).toEqual(rejected('size'));
    const largest = `"${'x'.repeat(999_998)}"`;
    expect(verifyText(largest, signature(largest, nowSec)).ok).toBe(true);
    expect(verifyText(`${largest} `, signature(`${largest} `, nowSec))).toEqual(rejected('size'));
  });

  it('bytes that are not UTF-8, though the SDK would read them as the replacement character', () => {
    const header = signature('"\ufffd"', nowSec);
    expect(verify(Buffer.from([0x22, 0xff, 0x22]), header, [liveSecret], nowSec)).toEqual(
      rejected('encoding'),
    );
  });

  it('a byte order mark in front of what was signed', () => {
    expect(verifyText(`\ufeff${payload}`, valid)).toEqual(rejected('signature'));
  });
});
