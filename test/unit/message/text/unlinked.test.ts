import { unlinked } from '../../../../lib/message/text/unlinked.ts';

it.each([
  ['Acme evil.example/x', 'Acme evil[.]example/x'],
  ['Pay at https://evil.example now', 'Pay at https[:]//evil[.]example now'],
  ['(HTTP://evil.example)', '(HTTP[:]//evil[.]example)'],
  ['www.evil.example', 'www[.]evil[.]example'],
  ['Acme,evil.example?id=7', 'Acme,evil[.]example?id=7'],
  ['evil.example:8080', 'evil[.]example:8080'],
  ['böse.example/ä.b', 'böse[.]example/ä[.]b'],
  ['http://a.example/?u=http://b.example', 'http[:]//a[.]example/?u=http[:]//b[.]example'],
])('makes no link of %j', (text, shown) => {
  expect(unlinked(text)).toBe(shown);
});

it.each([
  'Booking.com',
  'Amazon.co.uk Ltd.',
  'Acme Ltd. & Sons, Inc.',
  'Acme Inc./Globex Ltd.',
  'J.P. Morgan/Chase',
  'Muster GmbH & Co. KG',
  'ann.lee@acme.com',
  'Team plan (at $1,200.00 / month)',
  '0.5GB/day, v1.2/3, 24/7',
  'Draft invoice to Acme Ltd is $4,120.00; usually it is about $410.00.',
])('leaves %j as it is', (name) => {
  expect(unlinked(name)).toBe(name);
});
