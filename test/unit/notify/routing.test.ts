import { platformDetectorIds } from '../../../lib/detectors/detector-summaries.ts';
import { recipientsOf } from '../../../lib/notify/routing.ts';

const finance = ['ann@acme.example'];
const platform = ['ops@acme.example', 'ann@acme.example'];
const cfo = ['cfo@acme.example'];
const routing = { finance, platform, platformDetectors: platformDetectorIds, routes: [] };
const silence = { livemode: true, severity: 'high', detector: 'webhook-silence', account: 'self' } as const;
const spike = { ...silence, detector: 'amount-spike' };

it('counts every detector of BillingWatch’s own input among those that the platform team gets', () => {
  expect(platformDetectorIds).toEqual(['endpoint-disabled', 'webhook-lag', 'webhook-silence']);
});

it.each(platformDetectorIds)('sends %s to the platform team and to finance, each once', (detector) => {
  expect(recipientsOf({ ...silence, detector }, routing)).toEqual(['ops@acme.example', 'ann@acme.example']);
});

it('sends what bills show to finance alone', () => {
  expect(recipientsOf(spike, routing)).toEqual(finance);
});

it('keeps the platform team where a route names severities or accounts', () => {
  const routes = [{ to: cfo, severities: ['high' as const] }];
  expect(recipientsOf(silence, { ...routing, routes })).toEqual([...platform, ...cfo]);
  expect(recipientsOf(spike, { ...routing, routes })).toEqual(cfo);
});

it('does as a route says that names the detector', () => {
  const routes = [{ to: cfo, detectors: ['webhook-silence'] }];
  expect(recipientsOf(silence, { ...routing, routes })).toEqual(cfo);
});

it('sends what happens in test mode to the platform team alone', () => {
  expect(recipientsOf({ ...silence, livemode: false }, routing)).toEqual(platform);
});

it('addresses no more than SES takes for one email, the platform team first', () => {
  const many = (name: string) => Array.from({ length: 50 }, (_, index) => `${name}${index}@acme.example`);
  const large = { ...routing, finance: many('fin'), platform: many('ops').slice(0, 20) };
  const to = recipientsOf(silence, large);
  expect(to).toHaveLength(50);
  expect(to.slice(0, 20)).toEqual(large.platform);
});
