import { MalformedFindingError, parseFinding } from '../../../lib/notify/parse-finding.ts';
import { brokenSum, draftSpike, usageSpike, yenCharge } from '../message/sample-findings.ts';

it.each([draftSpike, yenCharge, usageSpike, brokenSum])(
  'reads back what the detector queued: $detector',
  (finding) => {
    const text = JSON.stringify(finding);
    expect(JSON.stringify(parseFinding(text))).toHaveLength(text.length);
    expect(parseFinding(text)).toEqual(JSON.parse(text));
  },
);

it('reads ids as long as ids can be, in any script', () => {
  const customer = '😀'.repeat(255);
  expect(parseFinding(JSON.stringify({ ...draftSpike, customer })).customer).toBe(customer);
});

it.each([
  ['not JSON', '{'],
  ['nothing', 'null'],
  ['an event', JSON.stringify({ id: 'evt_1', kind: 'invoice_drafted' })],
  ['an unknown currency', JSON.stringify({ ...yenCharge, measure: { ...yenCharge.measure, currency: 'x' } })],
  ['half a cent', JSON.stringify({ ...draftSpike, atStakeMinor: 0.5 })],
  [
    'an unknown way of collection',
    JSON.stringify({ ...draftSpike, money: { ...draftSpike.money, collection: 'begged' } }),
  ],
  ['an unknown severity', JSON.stringify({ ...draftSpike, severity: 'huge' })],
])('refuses %s without repeating it', (_what, text) => {
  expect(() => parseFinding(text)).toThrow(MalformedFindingError);
  expect(() => parseFinding(text)).toThrow(/^The message is not a finding/);
});
