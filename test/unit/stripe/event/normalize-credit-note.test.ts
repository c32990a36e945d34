import { normalizeEvent } from '../../../../lib/stripe/event/normalize.ts';
import { UnreadableEventError } from '../../../../lib/stripe/event/unreadable-event-error.ts';

const event = (changes: object = {}) => ({
  id: 'evt_1',
  object: 'event',
  type: 'credit_note.created',
  created: 1_767_225_600,
  livemode: true,
  data: {
    object: {
      id: 'cn_1',
      object: 'credit_note',
      amount: 1_500,
      currency: 'usd',
      created: 1_767_225_600,
      customer: 'cus_1',
      invoice: 'in_1',
      ...changes,
    },
  },
});

it('reads a credit note as taken off its invoice', () => {
  expect(normalizeEvent(event(), 1_767_225_601)).toMatchObject({
    kind: 'event',
    event: {
      kind: 'credit_note_issued',
      customer: 'cus_1',
      creditNote: { id: 'cn_1', invoice: 'in_1', currency: 'usd', amountMinor: 1_500 },
    },
  });
});

it('sets aside a credit note of no invoice', () => {
  expect(() => normalizeEvent(event({ invoice: null }), 0)).toThrow(UnreadableEventError);
});
