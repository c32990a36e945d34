import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { draftInvoiceEvent } from '../fixtures/stripe-delivery.ts';
import { canary } from './hostile-request.ts';

/** A body as the bytes that come, made when it is needed. */
type MakeBody = () => Buffer;

const event = JSON.stringify(draftInvoiceEvent({}, { customer_name: canary }));
const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Buffer => Buffer.from(text, encoding);
const made = (make: MakeBody): fc.Arbitrary<MakeBody> => fc.constant(make);

/** How deep a caller nests what he hopes we read by recursion. */
const depth = 100_000;
const nested = [
  () => bytes('['.repeat(depth)),
  () => bytes('['.repeat(depth) + ']'.repeat(depth)),
  () => bytes('{"a":'.repeat(depth)),
  () => bytes(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
];

export const textsOfNoJson = [
  '',
  ' ',
  'null,',
  '{',
  '{"id":',
  'NaN',
  'undefined',
  "{'id':1}",
  '{"id":1}}',
  '01',
  '"',
];

/** What is JSON, and no event. */
export const textsOfNoEvent = [
  'null',
  'true',
  '0',
  '-0',
  '1e400',
  '9007199254740993',
  '"evt_1"',
  '[]',
  '{}',
  `[${event}]`,
  '{"__proto__":{"id":"evt_1","type":"invoice.created"}}',
  '{"constructor":{"prototype":{"id":"evt_1"}}}',
  '{"id":"__proto__","type":"toString"}',
  '{"id":"evt_1","type":"invoice.created","data":{"object":null}}',
  '{"id":"evt_1","type":"invoice.created","data":{"object":[1]}}',
  '{"id":"evt_1","type":["invoice.created"],"data":{"object":{}}}',
  '{"id":"evt\\r\\nx: y","type":"invoice.created","data":{"object":{}}}',
  `{"id":"${'e'.repeat(256)}","type":"invoice.created","data":{"object":{}}}`,
];

/** Bytes that no event is, whoever signed them. */
export const bytesOfNoText: Readonly<Record<string, fc.Arbitrary<MakeBody>>> = {
  'UTF-16': fc.constantFrom(bytes(event, 'utf16le'), bytes(`\ufeff${event}`, 'utf16le')).map((b) => () => b),
  'invalid UTF-8': fc
    .constantFrom('ff', 'c0af', 'eda080', 'f4908080', 'e28228', '80', 'fe')
    .map((wrong) => () => Buffer.concat([bytes(event), bytes(wrong, 'hex')])),
  gzip: made(() => gzipSync(event)),
};

/** Each by its name, for the report; none of them comes with a signature that is right. */
export const hostileBodies: Readonly<Record<string, fc.Arbitrary<MakeBody>>> = {
  'an event': made(() => bytes(event)),
  empty: made(() => Buffer.alloc(0)),
  binary: fc.uint8Array({ maxLength: 2_000 }).map((some) => () => Buffer.from(some)),
  truncated: fc.nat({ max: event.length - 1 }).map((length) => () => bytes(event.slice(0, length))),
  'no JSON': fc.constantFrom(...textsOfNoJson).map((text) => () => bytes(text)),
  'no event': fc.constantFrom(...textsOfNoEvent).map((text) => () => bytes(text)),
  'any JSON': fc.json().map((json) => () => bytes(json)),
  'any text': fc.string({ unit: 'binary' }).map((text) => () => bytes(text)),
  'byte order mark': made(() => bytes(`\ufeff${event}`)),
  'base64 of an event': made(() => bytes(bytes(event).toString('base64'))),
  'form of an event': made(() => bytes(`payload=${encodeURIComponent(event)}`)),
  ...bytesOfNoText,
};

/** Rare, as each takes as long as hundreds of others. */
export const heavyBodies: Readonly<Record<string, fc.Arbitrary<MakeBody>>> = {
  'deeply nested': fc.constantFrom(...nested),
  'a megabyte': fc.constantFrom(1_000_000, 1_000_001).map((size) => () => Buffer.alloc(size, canary)),
  'as large as Lambda takes': made(() => Buffer.alloc(6 * 1024 * 1024 - 2_000, ' ')),
  'as large as API Gateway takes': made(() => Buffer.alloc(10 * 1024 * 1024, canary)),
};
