import type { StripeCustomer } from './stripe-customer.ts';
import type { StripeInvoiceLine } from './stripe-invoice-line.ts';

export interface InvoiceFacts {
  /** `in_...` */
  readonly id: string;
  readonly customer: StripeCustomer;
  readonly currency: string;
  readonly subscription: string;
  readonly billingReason: 'subscription_create' | 'subscription_cycle';
  readonly createdSec: number;
  readonly periodStartSec: number;
  /** Shown from finalising on. */
  readonly number: string;
  /** At most one discount and one tax rate, the same on every line. */
  readonly lines: readonly StripeInvoiceLine[];
}

/** How far the invoice has come. `nextAttemptSec` is set while a declined payment waits for its retry. */
export type InvoiceState =
  | { readonly status: 'draft'; readonly finalizesAtSec: number | null }
  | ({ readonly status: 'open'; readonly nextAttemptSec: number | null } & Finalized)
  | ({ readonly status: 'paid'; readonly paidAtSec: number } & Finalized);

interface Finalized {
  readonly finalizedAtSec: number;
  /** Payments tried so far. */
  readonly attempts: number;
}

export type StripeInvoice = ReturnType<typeof stripeInvoice>;

/** An invoice in one of its states, charged automatically; its totals follow from its lines. */
export function stripeInvoice(facts: InvoiceFacts, state: InvoiceState) {
  const { id, customer, lines, subscription } = facts;
  const subtotal = sum(lines.map((line) => line.amount));
  const [discount] = lines.flatMap((line) => line.discounts);
  const discounted = sum(lines.flatMap((line) => line.discount_amounts).map(({ amount }) => amount));
  const [tax] = lines.flatMap((line) => line.taxes);
  const taxed = sum(lines.flatMap((line) => line.taxes).map(({ amount }) => amount));
  const totalExcludingTax = subtotal - discounted;
  const total = totalExcludingTax + taxed;
  const amountPaid = state.status === 'paid' ? total : 0;
  const finalizedAtSec = state.status === 'draft' ? null : state.finalizedAtSec;
  const nextAttemptSec = state.status === 'open' ? state.nextAttemptSec : null;
  const attempts = state.status === 'draft' ? 0 : state.attempts;
  return {
    id,
    object: 'invoice' as const,
    account_country: 'GB',
    account_name: 'Larchmoor Cloud',
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: amountPaid,
    amount_remaining: total - amountPaid,
    amount_shipping: 0,
    attempt_count: attempts,
    attempted: attempts > 0,
    auto_advance: state.status !== 'paid',
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: state.status === 'draft' ? state.finalizesAtSec : null,
    billing_reason: facts.billingReason,
    collection_method: 'charge_automatically',
    created: facts.createdSec,
    currency: facts.currency,
    customer: customer.id,
    customer_email: customer.email,
    customer_name: customer.name,
    default_tax_rates: [],
    description: null,
    discounts: discount === undefined ? [] : [discount],
    due_date: null,
    effective_at: finalizedAtSec,
    ending_balance: state.status === 'draft' ? null : 0,
    from_invoice: null,
    latest_revision: null,
    lines: {
      object: 'list',
      data: lines.map((line) => ({ ...line, invoice: id })),
      has_more: false,
      url: `/v1/invoices/${id}/lines`,
    },
    livemode: true,
    metadata: {},
    next_payment_attempt: state.status === 'draft' ? state.finalizesAtSec : nextAttemptSec,
    number: state.status === 'draft' ? null : facts.number,
    parent: {
      quote_details: null,
      subscription_details: { metadata: {}, subscription },
      type: 'subscription_details',
    },
    period_end: facts.createdSec,
    period_start: facts.periodStartSec,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    shipping_cost: null,
    starting_balance: 0,
    status: state.status,
    status_transitions: {
      finalized_at: finalizedAtSec,
      marked_uncollectible_at: null,
      paid_at: state.status === 'paid' ? state.paidAtSec : null,
      voided_at: null,
    },
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts: discount === undefined ? [] : [{ amount: discounted, discount }],
    total_excluding_tax: totalExcludingTax,
    total_pretax_credit_amounts:
      discount === undefined ? [] : [{ amount: discounted, discount, type: 'discount' }],
    total_taxes: tax === undefined ? [] : [{ ...tax, amount: taxed, taxable_amount: totalExcludingTax }],
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
