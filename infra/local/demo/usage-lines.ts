import type { BilledLine, BillingTurn } from './billing-turn.ts';
import type { Currency, UsageCustomer } from './demo-customer.ts';
import { seededFraction } from './seeded-fraction.ts';
import { stripeId } from './stripe-id.ts';

const firstTierCalls = 500_000;

/** Minor units of one call in each tier: fractions of a cent. */
const callMinor: Readonly<Record<Currency, readonly [first: number, rest: number]>> = {
  usd: [0.08, 0.05],
  eur: [0.075, 0.045],
  jpy: [0.12, 0.07],
  kwd: [0.25, 0.15],
};

/** The lines of a bill in arrears: the calls of the period that has just ended, one line a tier. */
export function usageLines(customer: UsageCustomer, turn: BillingTurn): readonly BilledLine[] {
  const { currency } = customer;
  const [firstMinor, restMinor] = callMinor[currency];
  const calls = callsIn(customer, turn.monthsAgo);
  const first = Math.min(calls, firstTierCalls);
  const tier = (name: string, quantity: number, unitMinor: number): BilledLine => ({
    price: stripeId('price', 'API calls', currency),
    product: stripeId('prod', 'API calls'),
    description: `${quantity} × API calls (${name})`,
    quantity,
    unitMinor,
    startSec: turn.previousSec,
    endSec: turn.atSec,
  });
  return [tier('Tier 1', first, firstMinor), tier('Tier 2', calls - first, restMinor)];
}

/** Grows by half a per cent a month and varies by up to 3 % either way; a whole multiple of `thousandCalls`. */
function callsIn({ name, thousandCalls }: UsageCustomer, monthsAgo: number): number {
  const perMille = 1000 - 5 * monthsAgo + Math.round(60 * (seededFraction(name, monthsAgo) - 0.5));
  return thousandCalls * perMille;
}
