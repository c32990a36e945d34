import type { StripeCharge } from './stripe-charge.ts';
import { stripeId } from './stripe-id.ts';

export type StripeInvoicePayment = ReturnType<typeof stripeInvoicePayment>;

/** What joins an invoice to the charge that paid it: today's charges do not name their invoice. */
export function stripeInvoicePayment(invoiceId: string, charge: StripeCharge) {
  return {
    id: stripeId('inpay', invoiceId),
    object: 'invoice_payment' as const,
    amount_paid: charge.amount_captured,
    amount_requested: charge.amount,
    created: charge.created,
    currency: charge.currency,
    invoice: invoiceId,
    is_default: true,
    livemode: true,
    payment: { payment_intent: charge.payment_intent, type: 'payment_intent' },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: charge.created },
  };
}
