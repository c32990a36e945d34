import { stripeId } from './stripe-id.ts';

/** Who is billed, as far as invoices and charges name them. */
export type StripeCustomer = ReturnType<typeof stripeCustomer>;

/** @example stripeCustomer('Hexley Maps').email // 'billing@hexley-maps.example' */
export function stripeCustomer(name: string) {
  const host = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
  return { id: stripeId('cus', name), name, email: `billing@${host}.example` };
}
