import type { StripeCharge } from './stripe-charge.ts';
import { stripeId } from './stripe-id.ts';
import type { StripeInvoice } from './stripe-invoice.ts';
import type { StripeInvoicePayment } from './stripe-invoice-payment.ts';
import type { StripePaymentIntent } from './stripe-payment-intent.ts';

export type StripeObject = StripeInvoice | StripeCharge | StripePaymentIntent | StripeInvoicePayment;

export type StripeEvent = ReturnType<typeof stripeEvent<StripeObject>>;

/** A webhook's body, before it is made JSON and signed. `createdSec` is when it happened, Unix seconds. */
export function stripeEvent<Of extends { readonly id: string }>(
  type: string,
  createdSec: number,
  object: Of,
) {
  return {
    id: stripeId('evt', type, object.id, createdSec),
    object: 'event' as const,
    api_version: '2026-10-28.endive',
    created: createdSec,
    data: { object },
    livemode: true,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
}
