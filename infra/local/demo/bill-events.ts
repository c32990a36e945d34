import { stripeCharge } from './stripe-charge.ts';
import { type StripeEvent, stripeEvent } from './stripe-event.ts';
import { stripeId } from './stripe-id.ts';
import { type InvoiceFacts, type InvoiceState, stripeInvoice } from './stripe-invoice.ts';
import { stripeInvoicePayment } from './stripe-invoice-payment.ts';
import { stripePaymentIntent } from './stripe-payment-intent.ts';

const draftSec = 3600; //             how long Stripe leaves a renewal's draft open
const chargeDelaySec = 5;
const retrySec = 3 * 86_400;

/** Everything Stripe sends of one bill, in order: draft, finalised, perhaps declined, paid. */
export function billEvents(bill: InvoiceFacts, declinedOnce: boolean): readonly StripeEvent[] {
  const isRenewal = bill.billingReason === 'subscription_cycle';
  const finalizedAtSec = bill.createdSec + (isRenewal ? draftSec : 1);
  const firstTrySec = finalizedAtSec + chargeDelaySec;
  const paidAtSec = firstTrySec + (declinedOnce ? retrySec : 0);
  const attempts = declinedOnce ? 2 : 1;
  const invoice = (state: InvoiceState) => stripeInvoice(bill, state);
  const charge = (createdSec: number, declined: boolean) =>
    stripeCharge({
      id: stripeId('ch', bill.id, createdSec),
      paymentIntent: stripeId('pi', bill.id),
      customer: bill.customer,
      amountMinor: invoice({ status: 'draft', finalizesAtSec: null }).amount_due,
      currency: bill.currency,
      createdSec,
      description: isRenewal ? 'Subscription update' : 'Subscription creation',
      declined,
    });
  const draft = invoice({ status: 'draft', finalizesAtSec: isRenewal ? finalizedAtSec : null });
  const open = invoice({ status: 'open', finalizedAtSec, attempts: 0, nextAttemptSec: null });
  const declined = invoice({ status: 'open', finalizedAtSec, attempts: 1, nextAttemptSec: paidAtSec });
  const paid = invoice({ status: 'paid', finalizedAtSec, attempts, paidAtSec });
  const payment = charge(paidAtSec, false);
  return [
    stripeEvent('invoice.created', bill.createdSec, draft),
    stripeEvent('invoice.finalized', finalizedAtSec, open),
    ...(declinedOnce
      ? [
          stripeEvent('charge.failed', firstTrySec, charge(firstTrySec, true)),
          stripeEvent('invoice.payment_failed', firstTrySec, declined),
        ]
      : []),
    stripeEvent('charge.succeeded', paidAtSec, payment),
    stripeEvent('payment_intent.succeeded', paidAtSec, stripePaymentIntent(payment)),
    stripeEvent('invoice_payment.paid', paidAtSec, stripeInvoicePayment(bill.id, payment)),
    stripeEvent('invoice.paid', paidAtSec, paid),
  ];
}
