import { parseBillingEvent } from '../../../../lib/domain/events/parse-billing-event.ts';
import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';
import { draftInvoiceEvent } from '../../../fixtures/stripe-delivery.ts';

function warningEvent(changes: object = {}, type = 'radar.early_fraud_warning.created') {
  const object = {
    id: 'issfr_1',
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: 'ch_1',
    created: 1_767_225_600,
    fraud_type: 'made_with_stolen_card',
    livemode: true,
    payment_intent: 'pi_1',
    ...changes,
  };
  return { ...draftInvoiceEvent({ type }), data: { object } };
}

const read = (event: unknown) => normalizeEvent(event, 1_767_225_601);

it('reads what an issuer says of a charge, whose customer it does not name', () => {
  const normalized = read(warningEvent());
  expect(normalized).toMatchObject({
    kind: 'event',
    event: {
      kind: 'fraud_warning_received',
      customer: null,
      warning: { charge: 'ch_1', actionable: true, fraudType: 'made_with_stolen_card' },
    },
  });
  const { event } = normalized as Extract<typeof normalized, { kind: 'event' }>;
  expect(parseBillingEvent(JSON.stringify(event))).toEqual(event);
});

it('takes what is missing or nonsense for not said', () => {
  expect(read(warningEvent({ actionable: 'yes', fraud_type: '<b>', charge: { id: 'ch_2' } }))).toMatchObject({
    event: { warning: { charge: 'ch_2', actionable: null, fraudType: null } },
  });
});

it('can not read one without its charge', () => {
  expect(() => read(warningEvent({ charge: null }))).toThrow(/early_fraud_warning\.charge/);
});

it('leaves its updates alone: it is no longer actionable once someone has acted', () => {
  expect(read(warningEvent({}, 'radar.early_fraud_warning.updated'))).toMatchObject({ kind: 'ignored' });
});
