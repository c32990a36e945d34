import type { BillingTurn } from './billing-turn.ts';
import type { SeatCustomer, UsageCustomer } from './demo-customer.ts';
import { seatLines } from './seat-lines.ts';
import { stripeCustomer } from './stripe-customer.ts';
import { stripeId } from './stripe-id.ts';
import type { InvoiceFacts } from './stripe-invoice.ts';
import { stripeInvoiceLine } from './stripe-invoice-line.ts';
import { usageLines } from './usage-lines.ts';

/** What a subscription is billed on one of its turns. */
export function bill(customer: SeatCustomer | UsageCustomer, turn: BillingTurn): InvoiceFacts {
  const { name, currency, sinceMonths, taxPercent, couponPercent } = customer;
  const id = stripeId('in', name, turn.atSec);
  const subscription = stripeId('sub', name);
  const buyer = stripeCustomer(name);
  const billsSoFar = sinceMonths - turn.monthsAgo + 1;
  const common = {
    subscription,
    subscriptionItem: stripeId('si', name),
    currency,
    discount: couponPercent === undefined ? undefined : { id: stripeId('di', name), percent: couponPercent },
    tax: taxPercent === undefined ? undefined : { rate: stripeId('txr', taxPercent), percent: taxPercent },
  };
  const lines = 'plan' in customer ? seatLines(customer, turn) : usageLines(customer, turn);
  const paysOnSigningUp = 'plan' in customer && turn.monthsAgo === sinceMonths;
  return {
    id,
    customer: buyer,
    currency,
    subscription,
    billingReason: paysOnSigningUp ? 'subscription_create' : 'subscription_cycle',
    createdSec: turn.atSec,
    periodStartSec: paysOnSigningUp ? turn.atSec : turn.previousSec,
    number: `${buyer.id.slice(4, 12).toUpperCase()}-${String(billsSoFar).padStart(4, '0')}`,
    lines: lines.map((line, index) =>
      stripeInvoiceLine({ ...common, ...line, id: stripeId('il', id, index) }),
    ),
  };
}
