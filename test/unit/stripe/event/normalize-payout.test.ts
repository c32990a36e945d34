import { parseBillingEvent } from '../../../../lib/domain/events/parse-billing-event.ts';
import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';
import { draftInvoiceEvent } from '../../../fixtures/stripe-delivery.ts';

const payout = {
  id: 'po_1',
  object: 'payout',
  amount: 412_000,
  currency: 'usd',
  failure_code: 'account_closed',
};
const read = (changes: object = {}, type = 'payout.failed') =>
  normalizeEvent(
    { ...draftInvoiceEvent({ type }), data: { object: { ...payout, ...changes } } },
    1_767_225_601,
  );

it('reads a payout that the bank refused, which is no customer’s', () => {
  const normalized = read();
  expect(normalized).toMatchObject({
    kind: 'event',
    event: {
      kind: 'payout_failed',
      customer: null,
      payout: { id: 'po_1', currency: 'usd', amountMinor: 412_000, failureCode: 'account_closed' },
    },
  });
  const { event } = normalized as Extract<typeof normalized, { kind: 'event' }>;
  expect(parseBillingEvent(JSON.stringify(event))).toEqual(event);
});

it('takes a missing or hostile reason for not said', () => {
  expect(read({ failure_code: null })).toMatchObject({ event: { payout: { failureCode: null } } });
  expect(read({ failure_code: '<b>now</b>' })).toMatchObject({ event: { payout: { failureCode: null } } });
});

it('can not read one without its amount', () => {
  expect(() => read({ amount: '4120' })).toThrow(/payout\.amount/);
});

it('leaves a payout alone that arrived', () => {
  expect(read({}, 'payout.paid')).toMatchObject({ kind: 'ignored' });
});
