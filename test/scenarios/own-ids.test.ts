import { replayed } from '../fixtures/replayed.ts';
import { draftInvoiceEvent } from '../fixtures/stripe-delivery.ts';

const startSec = 1_767_225_600;
const renewsSec = startSec + 31 * 86_400;

/** A subscription at $20, whose first renewal bills $24, as Stripe sends it. */
function wronglyRenewed(customer: string, price: string): readonly string[] {
  const item = {
    id: 'si_1',
    quantity: 1,
    current_period_end: renewsSec,
    price: {
      id: price,
      currency: 'usd',
      billing_scheme: 'per_unit',
      unit_amount_decimal: '2000',
      recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
    },
  };
  const subscription = {
    id: 'sub_1',
    customer,
    created: startSec,
    status: 'active',
    items: { data: [item] },
  };
  const line = {
    id: 'il_1',
    amount: 2400,
    quantity: 1,
    quantity_decimal: '1',
    period: { start: renewsSec, end: renewsSec + 28 * 86_400 },
    parent: { subscription_item_details: { subscription_item: 'si_1', proration: false } },
    pricing: { price_details: { price }, unit_amount_decimal: '2400' },
  };
  const invoice = {
    customer,
    created: renewsSec,
    billing_reason: 'subscription_cycle',
    parent: { subscription_details: { subscription: 'sub_1' } },
    amount_due: 2400,
    total: 2400,
    lines: { data: [line], has_more: false },
  };
  return [
    {
      ...draftInvoiceEvent({ id: 'evt_0', type: 'customer.subscription.created', created: startSec }),
      data: { object: subscription },
    },
    draftInvoiceEvent({ created: renewsSec }, invoice),
  ].map((event) => JSON.stringify(event));
}

it.each([
  ['a customer', 'org_'.padEnd(70, 'a1b2c3d4e5'), 'price_1'],
  ['a plan', 'cus_1', 'тариф: "базовый"'],
  ['both, as long as ids can be', '株'.repeat(255), '😀'.repeat(255)],
])(
  'judges a bill by the subscription when the merchant chose the id of %s',
  async (_name, customer, price) => {
    const found = await replayed(wronglyRenewed(customer, price));
    const [finding] = found.filter(({ detector }) => detector === 'price-drift');
    expect(finding).toMatchObject({ certainty: 'contradiction', customer, cause: `price:${price}` });
    expect(finding?.summary).not.toContain('a guest');
  },
);
