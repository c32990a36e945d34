export interface InvoiceLineFacts {
  /** `il_...`; the ids below are Stripe's as well. */
  readonly id: string;
  readonly subscription: string;
  readonly subscriptionItem: string;
  readonly price: string;
  readonly product: string;
  readonly currency: string;
  readonly description: string;
  readonly quantity: number;
  /** Minor units of one unit; fractions are lawful (0.08 is 0.08 cents). */
  readonly unitMinor: number;
  readonly startSec: number;
  readonly endSec: number;
  /** Given on a proration only, whose amount is not unit times quantity. */
  readonly prorationMinor?: number;
  readonly discount?: { readonly id: string; readonly percent: number };
  /** Exclusive: added on top of the amount, after the discount. */
  readonly tax?: { readonly rate: string; readonly percent: number };
}

export type StripeInvoiceLine = ReturnType<typeof stripeInvoiceLine>;

/** One line of an invoice; every amount is rounded per line, as Stripe does. */
export function stripeInvoiceLine(facts: InvoiceLineFacts) {
  const { currency, discount, tax } = facts;
  const amount = facts.prorationMinor ?? Math.round(facts.unitMinor * facts.quantity);
  const discounted = discount === undefined ? 0 : Math.round((amount * discount.percent) / 100);
  const taxable = amount - discounted;
  return {
    id: facts.id,
    object: 'line_item' as const,
    amount,
    currency,
    description: facts.description,
    discount_amounts: discount === undefined ? [] : [{ amount: discounted, discount: discount.id }],
    discountable: true,
    discounts: discount === undefined ? [] : [discount.id],
    livemode: true,
    metadata: {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: facts.prorationMinor !== undefined,
        proration_details: { credited_items: null },
        subscription: facts.subscription,
        subscription_item: facts.subscriptionItem,
      },
      type: 'subscription_item_details',
    },
    period: { start: facts.startSec, end: facts.endSec },
    pretax_credit_amounts:
      discount === undefined ? [] : [{ amount: discounted, discount: discount.id, type: 'discount' }],
    pricing: {
      price_details: { price: facts.price, product: facts.product },
      type: 'price_details',
      unit_amount_decimal: String(facts.unitMinor),
    },
    quantity: facts.quantity,
    quantity_decimal: String(facts.quantity),
    subscription: facts.subscription,
    subtotal: amount,
    taxes:
      tax === undefined
        ? []
        : [
            {
              amount: Math.round((taxable * tax.percent) / 100),
              tax_behavior: 'exclusive',
              tax_rate_details: { tax_rate: tax.rate },
              taxability_reason: 'standard_rated',
              taxable_amount: taxable,
              type: 'tax_rate_details',
            },
          ],
  };
}
