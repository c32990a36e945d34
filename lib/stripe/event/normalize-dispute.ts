import type { Dispute } from '../../domain/events/dispute.ts';
import { currency, type Fields, id, integer, needed } from './fields.ts';

const reasonShape = /^\w{1,40}$/;

/**
 * A Stripe dispute in our words; null for an inquiry (`warning_...`) and for one that was prevented, as no money has
 * been taken back.
 * @throws UnreadableEventError without id, currency or amount
 */
export function normalizeDispute(dispute: Fields): Dispute | null {
  const { status, reason } = dispute;
  if (typeof status === 'string' && /^(warning_|prevented$)/.test(status)) return null;
  return {
    id: needed(id(dispute.id), 'dispute.id'),
    charge: id(dispute.charge),
    currency: needed(currency(dispute.currency), 'dispute.currency'),
    amountMinor: needed(integer(dispute.amount), 'dispute.amount'),
    reason: typeof reason === 'string' && reasonShape.test(reason) ? reason : null,
  };
}
