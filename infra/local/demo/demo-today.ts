import { bill } from './bill.ts';
import { billEvents } from './bill-events.ts';
import { billingTurn } from './billing-turn.ts';
import type { OneOffCustomer, SeatCustomer, UsageCustomer } from './demo-customer.ts';
import { oneOffCustomers } from './one-off-customers.ts';
import { purchaseEvents } from './purchase-events.ts';
import { seatCustomers } from './seat-customers.ts';
import { type StripeEvent, stripeEvent } from './stripe-event.ts';
import { usageCustomers } from './usage-customers.ts';

/** What the last three hours brought: business as usual, and the faults that someone should hear of. */
export function demoToday(todaySec: number): readonly StripeEvent[] {
  return [
    ...[...seatCustomers, ...usageCustomers].flatMap((customer) => todaysBill(customer, todaySec)),
    ...oneOffCustomers.flatMap((customer) => todaysPurchase(customer, todaySec)),
  ].sort((a, b) => a.created - b.created);
}

function todaysBill(customer: SeatCustomer | UsageCustomer, todaySec: number): readonly StripeEvent[] {
  const { today } = customer;
  if (today === undefined) return [];
  const events = billEvents(bill(withWrongQuantity(customer), billingTurn(customer, 0, todaySec)), false)
    .filter((event) => event.created <= todaySec)
    .map((event) => (today.fault === 'taxed_twice' ? taxedTwice(event) : event));
  return Array.from({ length: today.deliveries ?? 1 }).flatMap(() => events);
}

/** A zero too many in the seats; usage that four copies of one job have reported. */
function withWrongQuantity(customer: SeatCustomer | UsageCustomer): SeatCustomer | UsageCustomer {
  if ('plan' in customer) {
    return customer.today?.fault === 'ten_times_the_seats'
      ? { ...customer, seats: customer.seats * 10 }
      : customer;
  }
  return customer.today?.fault === 'counted_four_times'
    ? { ...customer, thousandCalls: customer.thousandCalls * 4 }
    : customer;
}

/** The lines and `total_taxes` are right, but the total has the tax in it twice. */
function taxedTwice(event: StripeEvent): StripeEvent {
  const invoice = event.data.object;
  if (invoice.object !== 'invoice') return event;
  const total = invoice.total + (invoice.total - invoice.total_excluding_tax);
  return stripeEvent(event.type, event.created, {
    ...invoice,
    total,
    amount_due: total,
    amount_remaining: total,
  });
}

/** Five packs; or their price in yen as if the yen had two decimals. */
function todaysPurchase(customer: OneOffCustomer, todaySec: number): readonly StripeEvent[] {
  const { today } = customer;
  if (today === undefined) return [];
  const packs = today.fault === 'a_hundred_times' ? 500 : 5;
  return purchaseEvents(customer, packs, todaySec - today.minutesAgo * 60);
}
