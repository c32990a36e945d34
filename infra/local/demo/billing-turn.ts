import { monthsBefore } from '../../../lib/domain/months-before.ts';
import type { SeatCustomer, UsageCustomer } from './demo-customer.ts';
import { periodMonths } from './period-months.ts';
import { seededFraction } from './seeded-fraction.ts';
import type { InvoiceLineFacts } from './stripe-invoice-line.ts';

const secondsPerDay = 86_400;

/** The moment a subscription is billed, with the turns before and after it. Unix seconds. */
export interface BillingTurn {
  /** Before the customer's latest bill, which is 0. */
  readonly monthsAgo: number;
  readonly previousSec: number;
  readonly atSec: number;
  readonly nextSec: number;
}

/** What a plan says of a line; the rest is the same on all lines of a bill. */
export type BilledLine = Pick<
  InvoiceLineFacts,
  'price' | 'product' | 'description' | 'quantity' | 'unitMinor' | 'startSec' | 'endSec' | 'prorationMinor'
>;

/** Customers billed today are billed on this day of every month; the others on a day of their own. */
export function billingTurn(
  customer: SeatCustomer | UsageCustomer,
  monthsAgo: number,
  todaySec: number,
): BillingTurn {
  const { name, today } = customer;
  const sinceLatestSec =
    today === undefined ? Math.floor((2 + 25 * seededFraction(name)) * secondsPerDay) : today.minutesAgo * 60;
  const latestSec = todaySec - sinceLatestSec;
  const months = periodMonths(customer);
  return {
    monthsAgo,
    previousSec: monthsBefore(latestSec, monthsAgo + months),
    atSec: monthsBefore(latestSec, monthsAgo),
    nextSec: monthsBefore(latestSec, monthsAgo - months),
  };
}
