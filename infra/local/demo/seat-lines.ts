import { formatMoney } from '../../../lib/domain/money/money.ts';
import type { BilledLine, BillingTurn } from './billing-turn.ts';
import type { Currency, SeatCustomer } from './demo-customer.ts';
import { periodMonths } from './period-months.ts';
import { stripeId } from './stripe-id.ts';

/** Minor units of one seat, for as long as the plan runs. */
const seatMinor: Readonly<Record<SeatCustomer['plan'], Readonly<Record<Currency, number>>>> = {
  Starter: { usd: 4_900, eur: 4_500, jpy: 7_200, kwd: 15_000 },
  Team: { usd: 2_400, eur: 2_200, jpy: 3_500, kwd: 7_500 },
  Business: { usd: 3_900, eur: 3_600, jpy: 5_700, kwd: 12_000 },
  'Business, yearly': { usd: 39_000, eur: 36_000, jpy: 57_000, kwd: 120_000 },
};

/** The lines of a bill in advance: the seats of the coming period and, after an upgrade, its proration. */
export function seatLines(customer: SeatCustomer, turn: BillingTurn): readonly BilledLine[] {
  const { plan, upgrade, currency } = customer;
  const unitMinor = seatMinor[plan][currency];
  const item = { price: stripeId('price', plan, currency), product: stripeId('prod', plan), unitMinor };
  const seats = seatsAt(customer, turn.monthsAgo);
  const interval = periodMonths(customer) === 12 ? 'year' : 'month';
  const coming: BilledLine = {
    ...item,
    description: `${seats} × ${plan} (at ${formatMoney(unitMinor, currency)} / ${interval})`,
    quantity: seats,
    startSec: turn.atSec,
    endSec: turn.nextSec,
  };
  if (turn.monthsAgo !== upgrade?.monthsAgo) return [coming];
  const before = seatsAt(customer, turn.monthsAgo + 1);
  const half = { ...item, startSec: (turn.previousSec + turn.atSec) / 2, endSec: turn.atSec };
  return [
    {
      ...half,
      description: `Unused time on ${before} × ${plan}`,
      quantity: before,
      prorationMinor: -Math.round((unitMinor * before) / 2),
    },
    {
      ...half,
      description: `Remaining time on ${seats} × ${plan}`,
      quantity: seats,
      prorationMinor: Math.round((unitMinor * seats) / 2),
    },
    coming,
  ];
}

function seatsAt({ seats, sinceMonths, seatEveryMonths, upgrade }: SeatCustomer, monthsAgo: number): number {
  if (upgrade !== undefined && monthsAgo <= upgrade.monthsAgo) return upgrade.seats;
  return (
    seats + (seatEveryMonths === undefined ? 0 : Math.floor((sinceMonths - monthsAgo) / seatEveryMonths))
  );
}
