import { bill } from './bill.ts';
import { billEvents } from './bill-events.ts';
import { billingTurn } from './billing-turn.ts';
import type { OneOffCustomer, SeatCustomer, UsageCustomer } from './demo-customer.ts';
import { oneOffCustomers } from './one-off-customers.ts';
import { periodMonths } from './period-months.ts';
import { purchaseEvents } from './purchase-events.ts';
import { seatCustomers } from './seat-customers.ts';
import { seededFraction } from './seeded-fraction.ts';
import type { StripeEvent } from './stripe-event.ts';
import { usageCustomers } from './usage-customers.ts';

const historyMonths = 10;
const secondsPerDay = 86_400;

/** The company's past months in order of time, without an incident; the last event is at least a day old. */
export function demoHistory(todaySec: number): readonly StripeEvent[] {
  return [
    ...[...seatCustomers, ...usageCustomers].flatMap((customer) => subscriptionHistory(customer, todaySec)),
    ...oneOffCustomers.flatMap((customer) => purchaseHistory(customer, todaySec)),
  ].sort((a, b) => a.created - b.created);
}

function subscriptionHistory(customer: SeatCustomer | UsageCustomer, todaySec: number) {
  const { sinceMonths, today, declinedMonthsAgo } = customer;
  const oldest = Math.min(historyMonths, sinceMonths);
  const latest = today === undefined ? 0 : 1;
  return Array.from({ length: oldest - latest + 1 }, (_, index) => oldest - index)
    .filter((monthsAgo) => (sinceMonths - monthsAgo) % periodMonths(customer) === 0)
    .flatMap((monthsAgo) => {
      const turn = billingTurn(customer, monthsAgo, todaySec);
      return billEvents(bill(customer, turn), monthsAgo === declinedMonthsAgo);
    });
}

/** Four, five or six packs in turn, after 8 to 24 days each. */
function purchaseHistory(customer: OneOffCustomer, todaySec: number) {
  const events: StripeEvent[] = [];
  let atSec = todaySec - historyMonths * 30 * secondsPerDay;
  for (let count = 0; atSec < todaySec - secondsPerDay; count += 1) {
    events.push(...purchaseEvents(customer, 4 + (count % 3), atSec));
    atSec += Math.floor((8 + 16 * seededFraction(customer.name, count)) * secondsPerDay);
  }
  return events;
}
