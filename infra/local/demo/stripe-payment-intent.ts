import type { StripeCharge } from './stripe-charge.ts';

export type StripePaymentIntent = ReturnType<typeof stripePaymentIntent>;

/** The payment intent that a successful charge has completed. */
export function stripePaymentIntent(charge: StripeCharge) {
  return {
    id: charge.payment_intent,
    object: 'payment_intent' as const,
    amount: charge.amount,
    amount_capturable: 0,
    amount_received: charge.amount_captured,
    capture_method: 'automatic',
    created: charge.created,
    currency: charge.currency,
    customer: charge.customer,
    description: charge.description,
    last_payment_error: null,
    latest_charge: charge.id,
    livemode: true,
    metadata: {},
    payment_method: charge.payment_method,
    payment_method_types: ['card'],
    status: 'succeeded',
  };
}
