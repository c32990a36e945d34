import type { Reduction } from '../../domain/events/billing-event.ts';
import { id, integer, list } from './fields.ts';

/** More discounts and credit grants than an invoice or a line takes (20 discounts); bounds the message's size. */
const maxReductions = 20;

/** `discount_amounts` or `pretax_credit_amounts`, of a line or in total; null when missing or unreadable. */
export function normalizeReductions(value: unknown): Reduction[] | null {
  return list(value, maxReductions, (reduction) => {
    const amountMinor = integer(reduction.amount);
    return amountMinor === null ? null : { amountMinor, discount: id(reduction.discount) };
  });
}
