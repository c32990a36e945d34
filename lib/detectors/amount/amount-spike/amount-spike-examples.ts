import type { InvoiceLine } from '../../../domain/events/billing-event.ts';
import {
  type Examples,
  exampleCharge,
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  exampleUsageInvoice,
  monthAtSec,
  monthly,
} from '../../examples/example-events.ts';

const flat = [41_000, 41_000, 41_000, 41_000, 41_000, 41_000];
const seats = (month: number, quantity: number, changes: Partial<InvoiceLine> = {}) =>
  exampleInvoice(month, 41_000 * quantity, {
    lines: [exampleLine(month, 41_000 * quantity, { quantity: String(quantity), ...changes })],
  });
const { lines: threeSeats } = seats(1, 3).invoice;
const finalSeats = exampleInvoice(1, 123_000, { lines: threeSeats }, 'invoice_finalized');
/** The first 12,000 calls are free. */
const beyondFree = (month: number, calls: number, unitMinor = 4) => {
  const [line = exampleLine(month, 0)] = exampleUsageInvoice(month, 12_000, 0).invoice.lines;
  const amountMinor = (calls - 12_000) * unitMinor;
  const paid = { amountMinor, quantity: String(calls - 12_000), unitAmountMinor: String(unitMinor) };
  return exampleInvoice(month, amountMinor, { lines: [line, { ...line, ...paid, id: `${line.id}_2` }] });
};
const aboveFree = [12_300, 12_200, 12_400, 12_100, 12_300, 12_200];
const trips = [6_000, 2_500, 8_000, 6_000, 2_000, 4_500];
const purchases = [3_000, 9_500, 1_200, 6_000, 2_500, 4_400, 8_000, 1_900];

export const examples: Examples = () => ({
  fires: [
    {
      name: 'a draft ten times the usual, while it can still be corrected',
      history: monthly(exampleInvoice, flat),
      event: exampleInvoice(6, 412_000),
    },
    {
      name: 'a draft far above what was charged so far, though its invoices were never seen',
      history: monthly(exampleCharge, flat),
      event: exampleInvoice(6, 412_000),
    },
    {
      name: 'twice what was reported the month before',
      history: monthly(exampleInvoice, [...flat, 412_000]),
      event: exampleInvoice(7, 824_000),
    },
    {
      name: 'ten times the seats, by a digit too many on the subscription',
      history: [...monthly(exampleInvoice, flat), exampleSubscription(5, { quantity: 10 })],
      event: seats(6, 10),
    },
    {
      name: 'three seats on the second invoice, where the subscription that renewed has one',
      history: [exampleInvoice(0, 41_000), exampleSubscription(1), seats(1, 3)],
      event: finalSeats,
    },
    {
      name: 'three times the seats, which no one set on the subscription',
      history: [...monthly(exampleInvoice, flat), exampleSubscription(5)],
      event: seats(6, 3),
    },
    {
      name: 'more seats as set, and a line next to them that is many times the usual',
      history: [...monthly(exampleInvoice, flat), exampleSubscription(5, { quantity: 2 })],
      event: exampleInvoice(6, 282_000, {
        lines: [
          exampleLine(6, 82_000, { quantity: '2' }),
          exampleLine(6, 200_000, { subscriptionItem: null }),
        ],
      }),
    },
    {
      name: 'a charge in yen a hundred times the usual',
      history: monthly(
        (month, amount) => exampleCharge(month, amount, { currency: 'jpy' }),
        [...purchases, ...purchases],
      ),
      event: exampleCharge(16, 400_000, { currency: 'jpy' }),
    },
    {
      name: 'usual usage at ten times the unit price',
      history: monthly(exampleUsageInvoice, flat),
      event: exampleUsageInvoice(6, 41_000, 20),
    },
    {
      name: 'usual usage beyond a free tier at ten times the unit price',
      history: monthly(beyondFree, aboveFree),
      event: beyondFree(6, 12_300, 40),
    },
    {
      name: 'an invoice whose usage is not known, ten times the usual',
      history: monthly(exampleUsageInvoice, flat),
      event: exampleInvoice(6, 820_000, { ...exampleUsageInvoice(6, 410_000).invoice, linesComplete: false }),
    },
  ],
  quiet: [
    {
      name: 'too little history',
      history: monthly(exampleCharge, flat.slice(0, 4)),
      event: exampleCharge(4, 410_000),
    },
    {
      name: 'what was reported the month before, and continues',
      history: monthly(exampleInvoice, [...flat, 412_000]),
      event: exampleInvoice(7, 415_000),
    },
    {
      name: 'the third bill of a large subscription next to a small one',
      history: monthly(exampleInvoice, [900, 49_900, 900, 49_900, 900]),
      event: exampleInvoice(5, 49_900),
    },
    {
      name: 'the second term’s fee, among school trips',
      history: [exampleInvoice(0, 195_000, { billingReason: 'manual' }), ...monthly(exampleCharge, trips)],
      event: exampleInvoice(6, 204_000, { billingReason: 'manual' }),
    },
    { name: 'the usual amount', history: monthly(exampleInvoice, flat), event: exampleInvoice(6, 41_000) },
    {
      name: 'three seats, where the event of the renewal has not come',
      history: [exampleInvoice(0, 41_000), exampleSubscription(0)],
      event: finalSeats,
    },
    {
      name: 'five times the seats, as set on the subscription',
      history: [...monthly(exampleInvoice, flat), exampleSubscription(5, { quantity: 5 })],
      event: seats(6, 5),
    },
    {
      name: 'seven times the seats, as set, and twice as many a month later',
      history: [
        ...monthly(exampleInvoice, flat.slice(1)),
        exampleSubscription(4, { quantity: 7 }),
        seats(5, 7),
        exampleSubscription(5, { quantity: 14 }),
      ],
      event: seats(6, 14),
    },
    {
      name: 'a draft at another price, whose subscription event is still under way',
      history: [...monthly(exampleInvoice, flat), exampleSubscription(5)],
      event: exampleInvoice(6, 164_000, { lines: [exampleLine(6, 164_000, { price: 'price_max' })] }),
    },
    {
      name: 'an invoice of five seats that is edited after four of them were taken off',
      history: [...monthly(exampleInvoice, flat), exampleSubscription(7)],
      event: { ...seats(6, 5), kind: 'invoice_updated' },
    },
    {
      name: 'the price at ten times its amount, which price-drift says',
      history: [...monthly(exampleInvoice, flat), exampleSubscription(5)],
      event: exampleInvoice(6, 410_000),
    },
    { name: 'a second seat', history: monthly(exampleInvoice, flat), event: exampleInvoice(6, 82_000) },
    {
      name: 'a large purchase among varied ones',
      history: monthly(exampleCharge, purchases),
      event: exampleCharge(8, 14_000),
    },
    {
      name: 'the charge of an invoice that has been judged already',
      history: [...monthly(exampleInvoice, flat), exampleInvoice(6, 412_000)],
      event: exampleCharge(6, 412_000),
    },
    {
      name: 'an annual proration that someone made',
      history: monthly(exampleInvoice, flat),
      event: exampleInvoice(6, 441_000, {
        lines: [exampleLine(6, 41_000), exampleLine(7, 400_000, { proration: true })],
      }),
    },
    {
      name: 'a voided invoice that is edited',
      history: monthly(exampleInvoice, flat),
      event: exampleInvoice(6, 412_000, { status: 'void' }, 'invoice_updated'),
    },
    {
      name: 'the first annual plan after monthly ones',
      history: [...monthly(exampleInvoice, flat), ...monthly(exampleCharge, flat)],
      event: exampleInvoice(6, 412_000, {
        lines: [exampleLine(6, 412_000, { periodEndSec: monthAtSec(18) })],
      }),
    },
    {
      name: 'usage counted ten times, which usage-spike says',
      history: monthly(exampleUsageInvoice, flat),
      event: exampleUsageInvoice(6, 412_000),
    },
    {
      name: 'a return to the usual after three small ones',
      history: monthly(exampleCharge, [...flat, ...flat, 4_100, 4_100, 4_100]),
      event: exampleCharge(15, 41_000),
    },
    {
      name: 'a fifth more usage beyond a free tier, which is ten times the money',
      history: monthly(beyondFree, aboveFree),
      event: beyondFree(6, 15_000),
    },
    {
      name: 'a few cents of difference',
      history: monthly(exampleCharge, [10, 10, 10, 10, 10]),
      event: exampleCharge(5, 400),
    },
    {
      name: 'the fourth month of a new level',
      history: monthly(exampleInvoice, [...flat, 412_000, 412_000, 412_000]),
      event: exampleInvoice(9, 412_000),
    },
  ],
});
