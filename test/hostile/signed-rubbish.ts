import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { liveSecret } from '../fixtures/stripe-delivery.ts';
import { eventTemplates } from './event-templates.ts';
import { anyOf } from './forged-webhooks.ts';
import { bytesOfNoText, textsOfNoEvent, textsOfNoJson } from './hostile-bodies.ts';
import { canary, type HostileRequest, type HttpRequest } from './hostile-request.ts';
import { hostileWords, jsonOf, spoiledEvents } from './spoil.ts';

/** A webhook as Stripe signs one, of any bytes. */
export function signedRequest(bytes: Buffer, atSec: number): HttpRequest {
  const hex = createHmac('sha256', liveSecret).update(`${atSec}.`).update(bytes).digest('hex');
  const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${atSec},v1=${hex}` };
  return { method: 'POST', headers, body: bytes.toString('base64'), isBase64Encoded: true };
}

/** Mostly the first, so that a customer comes to have a history. */
function rarely<Value>(usual: Value, ...odd: Value[]): fc.Arbitrary<Value> {
  const [often, seldom] = [fc.constant(usual), fc.constantFrom(...odd)];
  return fc.oneof({ weight: 6, arbitrary: often }, { weight: 1, arbitrary: seldom });
}

/** Whose an event is, and what makes it news. */
const owners = fc.record({
  customer: rarely<unknown>('cus_1', 'cus_2', '__proto__', 'constructor', 'a#b', 'Jane Doe', null, 7),
  account: rarely<unknown>(undefined, 'acct_1', '__proto__', 'self#live', {}),
  name: fc.constantFrom(...hostileWords),
  number: fc.nat(),
});

/** What is done to the JSON itself. */
const aroundJson = fc.constantFrom<(json: string) => string>(
  (json) =>
    json.replace(
      '{',
      `{"__proto__":{"livemode":true},"${canary}":${'['.repeat(50_000)}${']'.repeat(50_000)},`,
    ),
  (json) => json + ' '.repeat(300_000),
  (json) => json.replace('{', `{"pad":"${'😀'.repeat(60_000)}",`),
  (json) => json.replace(/"amount(_\w+)?":\d+/g, '"amount$1":12345678901234567890'),
  (json) => json.replace('"livemode":true', '"livemode":true,"livemode":false'),
  (json) => json.replace(/"type":"(customer|invoice|charge)\./, `"type":"${canary}${'x'.repeat(200_000)}.`),
  (json) => json.replace(/"created":(\d)/, `"pad":"${'\uffff😀'.repeat(120_000)}","created":-$1`),
);

/** An event that only a broken Stripe would send, or a person who tries out a secret. */
function signedEvents(nowSec: number): fc.Arbitrary<HostileRequest> {
  const unchanged = { weight: 30, arbitrary: fc.constant((json: string) => json) };
  const around = fc.oneof(unchanged, { weight: 1, arbitrary: aroundJson });
  return fc.tuple(spoiledEvents(eventTemplates), owners, around).map(([event, owner, wrap]) => ({
    door: 'webhook',
    kind: 'signed: a spoiled event',
    request: () => signedRequest(Buffer.from(wrap(jsonOf(ownedBy(owner, event, nowSec)))), nowSec),
    answers: [200],
    mayAct: true,
  }));
}

type Owner = typeof owners extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function ownedBy({ customer, account, name, number }: Owner, event: object, nowSec: number): object {
  const own = { ...event, id: `evt_${number}`, account };
  const { object: spoiled } = Object(Object(event).data);
  if (spoiled === undefined) return own;
  const isNew = number % 2 === 0 && typeof spoiled.id === 'string';
  const object = {
    ...spoiled,
    customer,
    ...(isNew && { id: `${spoiled.id}_${number}` }),
    ...(number % 3 === 0 && { customer_name: name, billing_details: { name } }),
    ...(number % 5 === 0 && { created: nowSec - (number % 86_400) }),
  };
  return { ...own, data: { object } };
}

/** What is said to be signed, and what comes: alike to who reads carelessly. */
function alike(signed: string, sent: Buffer, nowSec: number): HttpRequest {
  return { ...signedRequest(Buffer.from(signed), nowSec), body: sent.toString('base64') };
}

/** Rightly signed, and no event: answered 400 as the envelope can't be read, and nothing comes of it. */
function signedNonsense(nowSec: number): fc.Arbitrary<HostileRequest> {
  const bodies = anyOf({
    'no JSON': fc.constantFrom(...textsOfNoJson).map((text) => () => Buffer.from(text)),
    'no event': fc.constantFrom(...textsOfNoEvent).map((text) => () => Buffer.from(text)),
    'any JSON': fc.json().map((json) => () => Buffer.from(json)),
    'byte order mark': fc.constantFrom(...eventTemplates).map((json) => () => Buffer.from(`\ufeff${json}`)),
    'too large': fc.constantFrom(...eventTemplates).map((json) => () => Buffer.from(json.padEnd(1_000_001))),
    ...bytesOfNoText,
  });
  return bodies.map(({ name, made }) => ({
    door: 'webhook',
    kind: `signed: ${name}`,
    request: () => signedRequest(made(), nowSec),
    answers: [400],
    mayAct: false,
  }));
}

/** Signed as someone would read it, not as it came. */
function signedAlike(nowSec: number): fc.Arbitrary<HostileRequest> {
  const json = fc.constantFrom(...eventTemplates);
  const kinds = {
    'byte order mark': json.map((text) => () => alike(text, Buffer.from(`\ufeff${text}`), nowSec)),
    'invalid UTF-8': json.map((text) => () => {
      const [before = '', after = ''] = text.split('"object":"event"');
      const padded = (pad: string | Buffer) =>
        Buffer.concat([
          Buffer.from(`${before}"pad":"`),
          Buffer.from(pad),
          Buffer.from(`","object":"event"${after}`),
        ]);
      return alike(padded('\ufffd').toString(), padded(Buffer.from([0xff])), nowSec);
    }),
    'white space': json.map((text) => () => alike(text, Buffer.from(`${text}\n`), nowSec)),
  };
  return anyOf(kinds).map(({ name, made }) => ({
    door: 'webhook',
    kind: `signed as it is read: ${name}`,
    request: made,
    answers: [400],
    mayAct: false,
  }));
}

/** Nonsense that is signed with the right secret. */
export function signedRubbish(nowSec: number): fc.Arbitrary<HostileRequest> {
  return fc.oneof(
    { weight: 16, arbitrary: signedEvents(nowSec) },
    { weight: 3, arbitrary: signedNonsense(nowSec) },
    { weight: 1, arbitrary: signedAlike(nowSec) },
  );
}
