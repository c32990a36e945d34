import type { SeatCustomer, UsageCustomer } from './demo-customer.ts';

/** How many months lie between two bills. */
export function periodMonths(customer: SeatCustomer | UsageCustomer): 1 | 12 {
  return 'plan' in customer && customer.plan === 'Business, yearly' ? 12 : 1;
}
