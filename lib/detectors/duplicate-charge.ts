import { customerLabel } from '../domain/customer-label.ts';
import type { Severity } from '../domain/finding.ts';
import { formatMoney } from '../domain/money.ts';
import { chargeMoneyState } from '../domain/money-state.ts';
import { amountObservation } from '../domain/observations-of.ts';
import { roughlyDollars } from '../domain/rough-worth.ts';
import type { Series } from '../domain/series.ts';
import { defineDetector } from './define.ts';
import { equalCharges, gapSec } from './equal-charges.ts';
import { type Examples, exampleCharge, exampleInvoice, monthAtSec, monthly } from './example-events.ts';

const lowDollars = 20; //    less at stake is of low severity, about, in any currency
const criticalDollars = 1000;

export const duplicateCharge = defineDetector({
  id: 'duplicate-charge',
  question: 'Was this customer charged twice for one thing?',
  certainty: 'unusual',
  admits: true,
  basis: 'equal charges so close together are seldom meant',
  nextSteps: [
    'Open both charges in Stripe and compare what they are for.',
    'If they are for one thing, refund one of them before the customer disputes it.',
    'Ask the developers whether the payment was retried without an idempotency key, or its button could be clicked twice.',
  ],
  blindSpots: [
    'A purchase made twice more than some minutes apart, an invoice paid twice more than a day apart.',
    'A duplicate of another amount, or under another customer.',
    'A duplicate of a customer who pays the same amount so often that chance brings two as close together.',
  ],
  on: ['charge_succeeded'],
  judge: (event, record) => {
    const { charge } = event;
    const { seen } = amountObservation(event);
    if (seen.value === 0) return [];
    const equal = equalCharges(seen, charge.currency, record);
    if (equal === undefined) return [];
    const { burst, due } = equal;
    const amount = formatMoney(seen.value, charge.currency);
    const [first] = burst;
    return [
      {
        about: String(first?.hash),
        severity: severityOf(seen.value, charge.currency),
        severityReason: `${amount} was taken again, and is with us.`,
        summary: `${customerLabel(event)} was charged ${amount} ${timesWords(burst)} within ${spanWords(burst)}.`,
        headline: `charged ${amount} ${timesWords(burst)} within ${spanWords(burst)}`,
        measure: {
          kind: 'quantity',
          unit: '',
          what: `charges of ${amount}, one upon the other`,
        },
        actual: burst.length,
        expected: { low: 1, high: due },
        boundary: due,
        rule:
          `Charges of one customer for the same amount, each within ${gapSec / 60} minutes of the last, are flagged ` +
          'when there are more of them than invoices to pay, unless the customer has bought like that before and kept ' +
          'it; of a customer who has only ever paid invoices, within a day.',
        history: { count: 0, points: [] },
        breakdown: null,
        atStakeMinor: seen.value,
        money: chargeMoneyState(charge),
      },
    ];
  },
});

function timesWords({ length }: Series): string {
  return length === 2 ? 'twice' : `${length} times`;
}

function spanWords(burst: Series): string {
  const spanSec = (burst.at(-1)?.atSec ?? 0) - (burst.at(0)?.atSec ?? 0);
  const minutes = Math.max(1, Math.ceil(spanSec / 60));
  if (minutes > 90) return `${Math.ceil(minutes / 60)} hours`;
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

function severityOf(amountMinor: number, currency: string): Severity {
  if (amountMinor < roughlyDollars(lowDollars, currency)) return 'low';
  return amountMinor >= roughlyDollars(criticalDollars, currency) ? 'critical' : 'high';
}

export const examples: Examples = () => {
  const day = (dayOf: number, sec = 0): number => monthAtSec(0) + dayOf * 86_400 + sec;
  const charge = (id: string, createdAtSec: number, amountMinor = 4_900) =>
    exampleCharge(0, amountMinor, { id, createdAtSec });
  const again = charge('ch_again', day(30, gapSec));
  const paid = (month: number, billingReason = 'subscription_cycle') => [
    exampleInvoice(month, 4_900, { billingReason }, 'invoice_finalized'),
    exampleCharge(month, 4_900, { createdAtSec: monthAtSec(month) + 3_600 }),
    exampleInvoice(month, 4_900, { billingReason, status: 'paid' }, 'invoice_paid'),
  ];
  const open = [0, 1, 2].map((month) => exampleInvoice(month, 4_900, {}, 'invoice_finalized'));
  const settled = (month: number) => {
    const invoice = exampleInvoice(month, 4_900, { status: 'paid' }, 'invoice_paid');
    return { ...invoice, occurredAtSec: day(150, month * 60 + 1) };
  };
  const nextDay = (month: number, hours: number) =>
    exampleCharge(month, 4_900, { id: 'ch_again', createdAtSec: monthAtSec(month) + 3_600 + hours * 3_600 });
  const everyDay = Array.from({ length: 31 }, (_, index) => charge(`ch_${index}`, day(index)));
  const invoices = ['in_a', 'in_b'].map((id) => exampleInvoice(1, 4_900, { id }));
  const pair = [charge('ch_x', day(1)), charge('ch_y', day(1, 60))];
  return {
    fires: [
      { name: 'the same amount again within minutes', history: [charge('ch_1', day(30))], event: again },
      {
        name: 'the earlier of the two, when it arrives later',
        history: [again],
        event: charge('ch_1', day(30)),
      },
      {
        name: 'an invoice that is paid, and its amount charged once more',
        history: [...monthly(exampleCharge, [4_900]), ...invoices.slice(1), charge('ch_1', day(30))],
        event: again,
      },
      {
        name: 'an invoice that is paid again twenty hours later, by a customer who pays nothing else',
        history: [0, 1, 2].flatMap((month) => paid(month)),
        event: nextDay(2, 20),
      },
      {
        name: 'an invoice that is paid twice, beside an old draft of its amount',
        history: [exampleInvoice(0, 4_900), ...[2, 3, 4].flatMap((month) => paid(month))],
        event: nextDay(4, 0.1),
      },
      {
        name: 'the charge between two that were far enough apart',
        history: [charge('ch_1', day(30, -gapSec)), charge('ch_2', day(30, gapSec))],
        event: charge('ch_3', day(30)),
      },
      {
        name: 'the same amount every day, and again within seconds',
        history: everyDay,
        event: charge('ch_again', day(30, 20)),
      },
      {
        name: 'a second pair, when of the first one was refunded',
        history: [
          ...pair,
          exampleCharge(
            0,
            4_900,
            { id: 'ch_y', createdAtSec: day(1, 60), amountRefundedMinor: 4_900 },
            'charge_refunded',
          ),
          charge('ch_1', day(30)),
        ],
        event: again,
      },
    ],
    quiet: [
      {
        name: 'a third equal charge of the burst: said already',
        history: [charge('ch_0', day(30)), charge('ch_1', day(30, 60))],
        event: again,
      },
      {
        name: 'a purchase that was given back, and made again',
        history: [
          charge('ch_1', day(30)),
          exampleCharge(
            0,
            4_900,
            { id: 'ch_1', createdAtSec: day(30), amountRefundedMinor: 4_900 },
            'charge_refunded',
          ),
        ],
        event: again,
      },
      { name: 'another amount', history: [charge('ch_1', day(30), 5_900)], event: again },
      { name: 'the same amount later', history: [charge('ch_1', day(30, -1))], event: again },
      {
        name: 'two invoices of one amount, each with its charge',
        history: [...invoices, charge('ch_1', day(30))],
        event: again,
      },
      {
        name: 'three invoices that are settled at once, some after more than three months',
        history: [...open, charge('ch_1', day(150)), settled(0), charge('ch_2', day(150, 60)), settled(1)],
        event: charge('ch_3', day(150, 120)),
      },
      {
        name: 'a purchase on the day of an invoice, as the customer made before',
        history: [...[0, 1, 2].flatMap((month) => paid(month)), exampleCharge(1, 900, { id: 'ch_bought' })],
        event: nextDay(2, 20),
      },
      {
        name: 'an invoice by hand as the one of the day before, whose events come after its charge',
        history: [0, 1, 2].flatMap((month) => paid(month, 'manual')),
        event: nextDay(2, 20),
      },
      {
        name: 'a customer who buys twice and keeps it',
        history: [...pair, charge('ch_1', day(30))],
        event: again,
      },
      {
        name: 'a customer who buys the same all day',
        history: [-9000, -6000, -3000, 0].map((sec) => charge(`ch_${sec}`, day(30, sec))),
        event: again,
      },
      {
        name: 'an account topped up by the same amount every day, and twice within minutes',
        history: everyDay,
        event: again,
      },
    ],
  };
};
