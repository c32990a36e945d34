import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { unlinked } from '../../../../lib/message/text/unlinked.ts';
import { stripeEventTypes } from '../../../../lib/stripe/event/normalize.ts';

it.each([
  ['Acme evil.example/x', 'Acme evil[.]example/x'],
  ['Pay at https://evil.example now', 'Pay at https[:]//evil[.]example now'],
  ['(HTTP://evil.example)', '(HTTP[:]//evil[.]example)'],
  ['www.evil.example', 'www[.]evil[.]example'],
  ['Acme,evil.example?id=7', 'Acme,evil[.]example?id=7'],
  ['evil.example:8080', 'evil[.]example:8080'],
  ['böse.example/ä.b', 'böse[.]example/ä[.]b'],
  ['http://a.example/?u=http://b.example', 'http[:]//a[.]example/?u=http[:]//b[.]example'],
  ['Refund: evil.example now', 'Refund: evil[.]example now'],
  ['Refund at evil.example.', 'Refund at evil[.]example[.]'],
  ['Booking.com', 'Booking[.]com'],
  ['Amazon.co.uk Ltd.', 'Amazon[.]co[.]uk Ltd.'],
  ['ann.lee@acme.com', 'ann[.]lee@acme[.]com'],
  ['mailto:ann@acme.com', 'mailto:ann@acme[.]com'],
  ['evil.xn--p1ai', 'evil[.]xn--p1ai'],
  ['evil。example', 'evil[。]example'],
  ['evil．example', 'evil[．]example'],
  ['evil｡example', 'evil[｡]example'],
  ['evil․example', 'evil[․]example'],
  ['böse.公司', 'böse[.]公司'],
  ['_x.evil-er.example', '_x[.]evil-er[.]example'],
  ['10.0.0.7', '10[.]0[.]0[.]7'],
  ['10.0.0.7:8080/x', '10[.]0[.]0[.]7:8080/x'],
  ['Acme http://[2001:db8::1]/x', 'Acme http[:]//[2001:db8::1]/x'],
])('makes no link of %j', (text, shown) => {
  expect(unlinked(text)).toBe(shown);
});

it.each([
  'Acme Ltd. & Sons, Inc.',
  'Acme Inc./Globex Ltd.',
  'J.P. Morgan/Chase',
  'Muster GmbH & Co. KG',
  'Team plan (at $1,200.00 / month)',
  '0.5GB/day, v1.2/3, 24/7',
  '€1.234,50 am 24.12.2026',
  'Draft invoice to Acme Ltd is $4,120.00; usually it is about $410.00.',
  '株式会社サンプル',
  ...stripeEventTypes,
  stripeEventTypes.join(', '),
])('leaves %j as it is', (name) => {
  expect(unlinked(name)).toBe(name);
});

const letters = fc.string({ unit: fc.constantFrom(...'abzABZ09-é株'), minLength: 1, maxLength: 8 });
const last = fc.constantFrom('example', 'com', 'co.uk', 'io', 'xn--p1ai', 'рф', 'store', 'COM');
const dot = fc.constantFrom('.', '.', '.', '。', '．', '｡', '․');
const host = fc
  .tuple(fc.array(letters, { minLength: 1, maxLength: 3 }), last, dot)
  .map(([labels, end, one]) => [...labels.map((label) => `a${label}z`), end].join('.').replaceAll('.', one));
const ip = fc.ipV4();
const link = fc.oneof(
  host,
  ip,
  fc
    .tuple(fc.constantFrom('http://', 'https://', 'ftp://', '//', 'mailto:', 'www.'), fc.oneof(host, ip))
    .map((parts) => parts.join('')),
  fc
    .tuple(fc.oneof(host, ip), fc.constantFrom('/x', '?a=b', '#c', ':8080', '/a.b/c.example'))
    .map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('ann', 'ann.lee', 'a+b', 'é'), host).map((parts) => parts.join('@')),
  fc.emailAddress(),
  fc.webUrl(),
);
const between = fc.constantFrom(' ', ', ', ': ', '; ', ' (', ')', '"', ' – ', '<', '>', '/', '!', '「');
const name = fc
  .array(fc.tuple(fc.oneof(link, fc.string()), between), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.flat().join(''));

it('leaves nothing that a mail program would take for a host, an IP address or an email address', () => {
  const linkable =
    /[\p{L}\p{N}-][.．。｡․](?:xn--|[\p{L}\p{M}]{2,}(?![\p{L}\p{M}\p{N}]))|(?<![\d.])\d{1,3}(?:[.．。｡․]\d{1,3}){3}(?![.．。｡․]?\d)|:\/\//u;
  fc.assert(
    fc.property(fc.oneof(link, name), (text) => {
      expect(unlinked(text)).not.toMatch(linkable);
    }),
    { numRuns: 3_000 },
  );
});

/** As mailparser shows a text part, with linkify-it and the list of top-level domains: much as webmail does. */
async function linksIn(text: string): Promise<readonly string[]> {
  const { textAsHtml = '' } = await simpleParser(`Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`);
  return textAsHtml.match(/<a (?!href="https:\/\/twitter)[^>]*>/g) ?? []; // it links any @name to Twitter, as no other does
}

it('leaves nothing that linkify-it links, which links most of these otherwise', async () => {
  const samples = fc.sample(link, { seed: 1, numRuns: 400 });
  let linked = 0;
  for (const sample of samples) {
    if ((await linksIn(sample)).length > 0) linked += 1;
    expect([sample, await linksIn(unlinked(sample))]).toEqual([sample, []]);
  }
  expect(linked).toBeGreaterThan(200);
});
