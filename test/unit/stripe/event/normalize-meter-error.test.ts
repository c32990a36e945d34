import { parseBillingEvent } from '../../../../lib/domain/events/parse-billing-event.ts';
import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';

const notice = {
  id: 'evt_test_65R9Ijk8dKEYZcXeRWn16R9A7j1',
  object: 'v2.core.event',
  type: 'v1.billing.meter.error_report_triggered',
  created: '2026-01-01T00:00:00.250Z',
  livemode: true,
  related_object: { id: 'mtr_1', type: 'billing.meter', url: '/v1/billing/meters/mtr_1' },
};
const read = (changes: object = {}) => normalizeEvent({ ...notice, ...changes }, 1_767_225_601);

it('reads the notice that a meter has errors, which is no customer’s', () => {
  const normalized = read();
  expect(normalized).toMatchObject({
    kind: 'event',
    event: {
      kind: 'usage_refused',
      account: 'self',
      customer: null,
      occurredAtSec: 1_767_225_600,
      meter: { id: 'mtr_1' },
    },
  });
  const { event } = normalized as Extract<typeof normalized, { kind: 'event' }>;
  expect(parseBillingEvent(JSON.stringify(event))).toEqual(event);
});

it('names no meter where none was found, and the connected account that it is about', () => {
  const changes = { type: 'v1.billing.meter.no_meter_found', related_object: undefined, context: 'acct_1' };
  expect(read(changes)).toMatchObject({ event: { account: 'acct_1', meter: { id: 'meters' } } });
});

it('can not read one without its time', () => {
  expect(() => read({ created: 1_767_225_600 })).toThrow(/created/);
  expect(() => read({ created: 'yesterday' })).toThrow(/created/);
});

it('leaves other notices alone', () => {
  expect(read({ type: 'v1.billing.meter.updated' })).toEqual({
    kind: 'thin',
    type: 'v1.billing.meter.updated',
  });
});
