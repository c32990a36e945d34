import type { CreditNote } from '../../domain/events/credit-note.ts';
import { currency, type Fields, id, integer, needed, seconds } from './fields.ts';

/**
 * A Stripe credit note in our words.
 * @throws UnreadableEventError without id, invoice, currency, amount or time
 */
export function normalizeCreditNote(note: Fields): CreditNote {
  return {
    id: needed(id(note.id), 'credit_note.id'),
    invoice: needed(id(note.invoice), 'credit_note.invoice'),
    currency: needed(currency(note.currency), 'credit_note.currency'),
    amountMinor: needed(integer(note.amount), 'credit_note.amount'),
    createdAtSec: needed(seconds(note.created), 'credit_note.created'),
  };
}
