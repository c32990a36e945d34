import type { OneOffCustomer } from './demo-customer.ts';
import { stripeCharge } from './stripe-charge.ts';
import { stripeCustomer } from './stripe-customer.ts';
import { type StripeEvent, stripeEvent } from './stripe-event.ts';
import { stripeId } from './stripe-id.ts';
import { stripePaymentIntent } from './stripe-payment-intent.ts';

/** A purchase of some packs of message credits, charged on the spot. */
export function purchaseEvents(
  customer: OneOffCustomer,
  packs: number,
  atSec: number,
): readonly StripeEvent[] {
  const { name, currency, packMinor } = customer;
  const charge = stripeCharge({
    id: stripeId('ch', name, atSec),
    paymentIntent: stripeId('pi', name, atSec),
    customer: stripeCustomer(name),
    amountMinor: packs * packMinor,
    currency,
    createdSec: atSec,
    description: 'Message credits',
  });
  return [
    stripeEvent('charge.succeeded', atSec, charge),
    stripeEvent('payment_intent.succeeded', atSec, stripePaymentIntent(charge)),
  ];
}
