import type { StripeCustomer } from './stripe-customer.ts';
import { stripeId } from './stripe-id.ts';

export interface ChargeFacts {
  /** `ch_...` */
  readonly id: string;
  /** `pi_...` */
  readonly paymentIntent: string;
  readonly customer: StripeCustomer;
  readonly amountMinor: number;
  readonly currency: string;
  readonly createdSec: number;
  readonly description: string;
  readonly declined?: boolean;
}

export type StripeCharge = ReturnType<typeof stripeCharge>;

/** A card payment of the whole amount, captured at once, or declined by the bank. */
export function stripeCharge(facts: ChargeFacts) {
  const { customer, declined = false } = facts;
  return {
    id: facts.id,
    object: 'charge' as const,
    amount: facts.amountMinor,
    amount_captured: declined ? 0 : facts.amountMinor,
    amount_refunded: 0,
    balance_transaction: declined ? null : stripeId('txn', facts.id),
    billing_details: { address: null, email: customer.email, name: customer.name, phone: null, tax_id: null },
    captured: !declined,
    created: facts.createdSec,
    currency: facts.currency,
    customer: customer.id,
    description: facts.description,
    disputed: false,
    failure_code: declined ? 'card_declined' : null,
    failure_message: declined ? 'Your card was declined.' : null,
    livemode: true,
    metadata: {},
    outcome: {
      network_decline_code: declined ? '05' : null,
      network_status: declined ? 'declined_by_network' : 'approved_by_network',
      reason: declined ? 'generic_decline' : null,
      risk_level: 'normal',
      seller_message: declined ? 'The bank did not return any further details.' : 'Payment complete.',
      type: declined ? 'issuer_declined' : 'authorized',
    },
    paid: !declined,
    payment_intent: facts.paymentIntent,
    payment_method: stripeId('pm', customer.id),
    payment_method_details: {
      card: {
        brand: 'visa',
        country: 'GB',
        exp_month: 4,
        exp_year: 2031,
        fingerprint: stripeId('card', customer.id).slice(5, 21),
        funding: 'credit',
        last4: '4242',
        network: 'visa',
      },
      type: 'card',
    },
    refunded: false,
    status: declined ? 'failed' : 'succeeded',
  };
}
