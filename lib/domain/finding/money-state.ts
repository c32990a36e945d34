import * as z from 'zod/mini';
import type { Charge, Invoice } from '../events/billing-event.ts';
import type { Immutable } from '../schema/immutable.ts';

export const currency = z.stringFormat('currency', /^[a-z]{3}$/);

export const moneyStateSchema = z.object({
  /** ISO 4217; `xxx`, its "no currency", when the event does not say. */
  currency,
  /**
   * `upcoming`: a forecast, no invoice yet. `unbilled`: none was made. `subscription`, `account`: it is about a
   * subscription or the whole account, and no single bill.
   */
  state: z.enum([
    'upcoming',
    'draft',
    'open',
    'paid',
    'void',
    'uncollectible',
    'failed',
    'refunded',
    'unbilled',
    'subscription',
    'account',
  ]),
  /** How it is paid: Stripe charges the customer, or the invoice is sent for them to pay. */
  collection: z.enum(['charged', 'sent']),
  /** Draft: when Stripe finalises it by itself. */
  finalizesAtSec: z.nullable(z.int()),
  /** See `Invoice`. */
  finalizesAtIs: z.optional(z.enum(['estimated', 'unsaid'])),
  /** Draft or open: when it is due. */
  dueAtSec: z.nullable(z.int()),
  /** An invoice of zero, a credit, or one that a balance pays: no money moves when it is finalised. */
  isNothingDue: z.optional(z.literal(true)),
});

/** Whether a warning still helps, and until when. */
export type MoneyState = Immutable<z.infer<typeof moneyStateSchema>>;

export interface InvoiceMoneyState extends MoneyState {
  readonly state: NonNullable<Invoice['status']> | 'upcoming';
}

/**
 * Where the money of an invoice is, and until when a warning still helps. Times that no longer matter are null.
 * An invoice without a status counts as open: then no one relies on a draft's deadline. One without a collection
 * method is sent when it has a due date; what is charged automatically has none.
 * For example, `moneyState(draft)` is
 * { currency: 'usd', state: 'draft', collection: 'charged', finalizesAtSec: 1766000000, dueAtSec: null }.
 *
 */
export function moneyState(invoice: Invoice): InvoiceMoneyState {
  const state = invoice.id.startsWith('upcoming_') ? 'upcoming' : (invoice.status ?? 'open');
  const isToCome = state === 'upcoming' || state === 'draft';
  return {
    currency: invoice.currency,
    state,
    collection: collectionOf(invoice),
    finalizesAtSec: isToCome ? invoice.finalizesAtSec : null,
    ...(isToCome && invoice.finalizesAtIs !== undefined && { finalizesAtIs: invoice.finalizesAtIs }),
    dueAtSec: isToCome || state === 'open' ? invoice.dueAtSec : null,
    ...(invoice.amountDueMinor <= 0 && { isNothingDue: true as const }),
  };
}

/** The money of a charge: when it succeeded it is with us. */
export function chargeMoneyState(
  { currency }: Pick<Charge, 'currency'>,
  state: 'paid' | 'failed' | 'refunded' = 'paid',
): MoneyState {
  return { currency, state, collection: 'charged', finalizesAtSec: null, dueAtSec: null };
}

/** What is about a subscription, whatever it has billed. */
export function subscriptionMoneyState(currency: string): MoneyState {
  return { currency, state: 'subscription', collection: 'charged', finalizesAtSec: null, dueAtSec: null };
}

/** What is about no bill: an account's webhooks, its meters, its payouts. */
export function noBill(currency = 'xxx'): MoneyState {
  return { currency, state: 'account', collection: 'charged', finalizesAtSec: null, dueAtSec: null };
}

function collectionOf({ collectionMethod, dueAtSec }: Invoice): MoneyState['collection'] {
  if (collectionMethod !== null) return collectionMethod === 'send_invoice' ? 'sent' : 'charged';
  return dueAtSec === null ? 'charged' : 'sent';
}
