import { moneyState } from '../../../../lib/domain/finding/money-state.ts';
import { moneyStateWords } from '../../../../lib/message/money-state-words.ts';
import { normalizeInvoice } from '../../../../lib/stripe/event/normalize-invoice.ts';

const created = 1_767_225_600;
const draft = {
  id: 'in_1',
  currency: 'usd',
  status: 'draft',
  created,
  amount_due: 4_900,
  total: 4_900,
  auto_advance: true,
  billing_reason: 'subscription_cycle',
};
const wordsOf = (invoice: Parameters<typeof normalizeInvoice>[0]) =>
  moneyStateWords(moneyState(normalizeInvoice(invoice)), created + 60, 'UTC').full;

it('takes the time at which Stripe says that it finalises a draft, and none where it says none', () => {
  expect(wordsOf({ ...draft, automatically_finalizes_at: created + 7_200 })).toMatch(
    /^Draft: will be finalised and charged at 02:00 UTC on 1 Jan 2026\. 119 min left/,
  );
  expect(wordsOf({ ...draft, automatically_finalizes_at: null })).toMatch(/^Draft: Stripe has no date/);
});

it('takes Stripe’s usual hour for a renewal whose event does not say, and says that it is about then', () => {
  expect(normalizeInvoice(draft)).toMatchObject({
    finalizesAtSec: created + 3_600,
    finalizesAtIs: 'estimated',
  });
  expect(wordsOf(draft)).toMatch(/^Draft: will be finalised and charged at about 01:00 UTC/);
});

it.each([
  ['made by hand, as Stripe may finalise it at once', { billing_reason: 'manual' }],
  ['of a new subscription', { billing_reason: 'subscription_create' }],
  ['that does not say whether it advances', { auto_advance: undefined }],
])('says that the event holds no draft %s', (_name, changes) => {
  expect(wordsOf({ ...draft, ...changes })).toMatch(/^Draft: Stripe’s event does not say/);
});

it('says of a draft that does not advance that Stripe has no date for it', () => {
  expect(wordsOf({ ...draft, auto_advance: false })).toMatch(/^Draft: Stripe has no date/);
});

it('says nothing of a time once it is final', () => {
  expect(normalizeInvoice({ ...draft, status: 'open' })).not.toHaveProperty('finalizesAtIs');
});
