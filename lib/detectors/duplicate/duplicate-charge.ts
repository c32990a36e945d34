import { daySec, hourSec } from '../../domain/time.ts';
import { defineDetector } from '../define.ts';
import {
  type Examples,
  exampleCharge,
  exampleInvoice,
  monthAtSec,
  monthly,
} from '../examples/example-events.ts';
import { billedTwice } from './billed-twice.ts';
import { billedTwiceExamples } from './billed-twice-examples.ts';
import { chargedTwice } from './charged-twice.ts';
import { gapSec } from './equal-charges.ts';

/** Equal charges as close together are one finding of this detector, and no news to charge-frequency. */
export { gapSec };

export const duplicateCharge = defineDetector({
  id: 'duplicate-charge',
  question: 'Is this customer charged twice for one thing?',
  certainty: 'unusual',
  admits: true,
  basis: 'equal charges so close together are seldom meant',
  nextSteps: [
    'Open both in Stripe, the other from its customer’s page, and compare what they are for.',
    {
      draft:
        'If they are for one thing, turn off automatic collection (auto_advance) of one before it is finalised, and void it when it is; one that no subscription made can be deleted.',
      open: 'If they are for one thing, void one before the customer pays it.',
      paid: 'If they are for one thing, refund one of them before the customer disputes it.',
    },
    'Ask the developers whether the payment or the invoice was sent again without an idempotency key, or its button could be clicked twice.',
  ],
  blindSpots: [
    'A purchase made twice more than some minutes apart, an invoice paid twice more than a day apart.',
    'A duplicate of another amount, or under another customer.',
    'A duplicate of a customer who pays the same amount so often that chance brings two as close together.',
    'A second invoice by hand more than half an hour later, with other words, or of more than ten lines; and one for a renewal, after four other renewals or invoices by hand.',
  ],
  needsRealTime: true,
  on: ['charge_succeeded', 'invoice_drafted', 'invoice_updated', 'invoice_finalized'],
  judge: (event, record) => {
    const judgement = 'charge' in event ? chargedTwice(event, record) : billedTwice(event, record);
    return judgement === undefined ? [] : [judgement];
  },
});

export const examples: Examples = () => {
  const day = (dayOf: number, sec = 0): number => monthAtSec(0) + dayOf * daySec + sec;
  const charge = (id: string, createdAtSec: number, amountMinor = 4_900) =>
    exampleCharge(0, amountMinor, { id, createdAtSec });
  const again = charge('ch_again', day(30, gapSec));
  const paid = (month: number, billingReason = 'subscription_cycle') => [
    exampleInvoice(month, 4_900, { billingReason }, 'invoice_finalized'),
    exampleCharge(month, 4_900, { createdAtSec: monthAtSec(month) + hourSec }),
    exampleInvoice(month, 4_900, { billingReason, status: 'paid' }, 'invoice_paid'),
  ];
  const open = [0, 1, 2].map((month) => exampleInvoice(month, 4_900, {}, 'invoice_finalized'));
  const settled = (month: number) => {
    const invoice = exampleInvoice(month, 4_900, { status: 'paid' }, 'invoice_paid');
    return { ...invoice, occurredAtSec: day(150, month * 60 + 1) };
  };
  const nextDay = (month: number, hours: number) =>
    exampleCharge(month, 4_900, {
      id: 'ch_again',
      createdAtSec: monthAtSec(month) + hourSec + hours * hourSec,
    });
  const everyDay = Array.from({ length: 31 }, (_, index) => charge(`ch_${index}`, day(index)));
  const invoices = ['in_a', 'in_b'].map((id) => exampleInvoice(1, 4_900, { id, subscription: `sub_${id}` }));
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
        name: 'an invoice that is paid twice, next to an old draft of its amount',
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
      ...billedTwiceExamples().fires,
    ],
    quiet: [
      {
        name: 'a third equal charge of the burst: said already',
        history: [charge('ch_0', day(30)), charge('ch_1', day(30, 60))],
        event: again,
      },
      {
        name: 'a purchase that was refunded, and made again',
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
      {
        name: 'the same, when the first purchase arrives last, after its refund',
        history: [
          exampleCharge(
            0,
            4_900,
            { id: 'ch_1', createdAtSec: day(30), amountRefundedMinor: 4_900 },
            'charge_refunded',
          ),
          again,
        ],
        event: charge('ch_1', day(30)),
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
      ...billedTwiceExamples().quiet,
    ],
  };
};
