import fc from 'fast-check';
import { canary } from './hostile-request.ts';

/** For ids, names and any other text. */
export const hostileWords = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  'NaN',
  '-infinity',
  '1e400',
  '0x10',
  '９',
  'null',
  canary,
  `${canary}\r\nBcc: eve@evil.example\r\n\r\n<script>`,
  '"><img src=x onerror=alert(1)>',
  'a#b#c',
  'x'.repeat(64),
  'é'.repeat(200),
  '😀\ud800\ufffe\u202e',
  'x'.repeat(20_000),
];

/** As JSON writes them: what can be read, up to the edges of what a calendar, a record or an email can bear. */
const integers =
  '0 -0 1 -1 -100 49 4900 490000 1000000 123456789 1795446001 1800000000 99999999999 -99999999999 999999999999 99999999999999 -99999999999999 253402300799'.split(
    ' ',
  );

/** As JSON writes them: a little more than that, and much more. */
const largeIntegers = [
  ...['100000000000001', '-100000000000001', '253402300800', '8640000000001', '-62135596801'],
  ...['4503599627370496', '9007199254740991', '-9007199254740991'],
];

/** As JSON writes them: what no double holds, and no integer is. */
const oddNumbers = ['0.5', '1e400', '-1e400', '5e-324', '9007199254740993', '12345678901234567890', '1e2'];

/** As Stripe writes quantities and unit amounts, as large and as fine as we read them. */
const decimals = [
  '999999999999999999',
  '0.000000000001',
  '-999999999999999999.999999999999',
  '1000000001',
  '4503599627370497',
];

const shapes = [
  'null',
  'true',
  '{}',
  '[]',
  '[null]',
  '[[]]',
  '{"__proto__":{"id":"in_1","amount":1}}',
  '{"id":"constructor"}',
  '{"data":[{"__proto__":null}],"has_more":false}',
  `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
];

/** One value in JSON's own words that stands where another should. */
const values = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileWords).map((word) => JSON.stringify(word)) },
  { weight: 16, arbitrary: fc.constantFrom(...integers) },
  { weight: 3, arbitrary: fc.constantFrom(...largeIntegers, ...oddNumbers) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...decimals, ...integers, ...largeIntegers, ...oddNumbers)
      .map((number) => `"${number}"`),
  },
  { weight: 2, arbitrary: fc.constantFrom(...shapes) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) },
);

/** What detectors and emails are made of: money, times, counts, names. */
const readNames =
  /amount|total|due|balance|created|period|_end|_at$|start|^end|quantity|interval|currency|percent|name|description|number/;

/** Where a value stands, as a part of all values there are, and what stands there instead; mostly where it is read. */
const change = fc.tuple(
  fc.noBias(fc.nat({ max: 999_999 })).map((millionths) => millionths / 1_000_000),
  values,
  fc.integer({ min: 0, max: 3 }).map((draw) => draw > 0),
);

/**
 * True events with some of their values changed to what no event says, below the envelope.
 * @param templates events as JSON
 * @returns `data` is all that was spoiled: by its envelope it is an event still
 */
export function spoiledEvents(templates: readonly string[]): fc.Arbitrary<object> {
  return fc
    .tuple(fc.constantFrom(...templates), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([template, changes]) => {
      const event = JSON.parse(template);
      const all = placesIn(event, true);
      const read = all.filter(([, name]) => readNames.test(name));
      for (const [where, json, isRead] of changes) {
        const places = isRead && read.length > 0 ? read : all;
        const [holder, name] = places[Math.floor(where * places.length)] ?? [event, 'request'];
        spoilOne(holder, name, /^-?\d/.test(json) ? raw(json) : JSON.parse(json));
      }
      return event;
    });
}

/** A number that no double need hold, until it is JSON. */
function raw(number: string): string {
  return `@raw ${number}@`;
}

/** The JSON of spoiled events, with their numbers as they were written. */
export function jsonOf(event: unknown): string {
  return JSON.stringify(event).replace(/"@raw ([^@]*)@"/g, '$1');
}

const kept = new Set(['id', 'type', 'data', 'object', 'related_object']);

/** As a parser would: `holder.__proto__ = value` would change the prototype of the test's own object. */
function spoilOne(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Every value in it that may be changed, however deep, but not what makes it an event. */
function placesIn(of: object, isEnvelope: boolean): readonly (readonly [holder: object, name: string])[] {
  return Object.entries(of).flatMap(([name, value]) => {
    if (isEnvelope && name === 'data') return placesIn(Object(value).object ?? {}, false);
    const here = isEnvelope && kept.has(name) ? [] : [[of, name] as const];
    const isDeep = typeof value === 'object' && value !== null && name !== '__proto__';
    return [...here, ...(isDeep ? placesIn(value, false) : [])];
  });
}
