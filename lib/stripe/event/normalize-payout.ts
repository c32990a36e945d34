import type { Payout } from '../../domain/events/payout.ts';
import { currency, type Fields, id, integer, needed } from './fields.ts';

const codeShape = /^\w{1,60}$/;

/**
 * A Stripe payout in our words.
 * @throws UnreadableEventError without id, currency or amount
 */
export function normalizePayout(payout: Fields): Payout {
  const { failure_code: code } = payout;
  return {
    id: needed(id(payout.id), 'payout.id'),
    currency: needed(currency(payout.currency), 'payout.currency'),
    amountMinor: needed(integer(payout.amount), 'payout.amount'),
    failureCode: typeof code === 'string' && codeShape.test(code) ? code : null,
  };
}
