import type { Invoice } from '../../../../lib/domain/events/billing-event.ts';
import { coupon, finalized, judged, line, oneOff, priced, tax } from './judged-invoice.ts';

const grant = { amountMinor: 3_000, discount: null };

const lawful: Readonly<Record<string, readonly [amountDueMinor: number, changes: Partial<Invoice>]>> = {
  'a coupon on one item, which the subtotal has lost already': [
    8_000,
    { subtotalMinor: 8_000, discounts: coupon, lines: [line(10_000, { discounts: coupon })] },
  ],
  'a coupon and a credit grant': [
    5_000,
    {
      discounts: coupon,
      pretaxCredits: [...coupon, grant],
      lines: [line(10_000, { discounts: coupon })],
    },
  ],
  'a tax that the amounts hold': [
    10_000,
    {
      taxes: [tax(1_667, { inclusive: true })],
      lines: [line(10_000, { taxes: [tax(1_667, { inclusive: true })] })],
    },
  ],
  'a tax that is nothing, for the customer owes it': [
    10_000,
    {
      taxes: [tax(0, { reason: 'reverse_charge' })],
      lines: [line(10_000, { taxes: [tax(0, { reason: 'reverse_charge' })] })],
    },
  ],
  'a total below the minimum charge, carried over': [
    0,
    { ...finalized, totalMinor: 30, endingBalanceMinor: 30, amountRemainingMinor: 0, lines: [line(30)] },
  ],
  'a negative total, credited to the balance': [
    0,
    {
      ...finalized,
      totalMinor: -500,
      endingBalanceMinor: -500,
      amountRemainingMinor: 0,
      lines: [line(-500)],
    },
  ],
  'a part of the balance used up': [
    7_000,
    { ...finalized, totalMinor: 10_000, startingBalanceMinor: -3_000 },
  ],
  'a debt of the customer': [11_000, { ...finalized, totalMinor: 10_000, startingBalanceMinor: 1_000 }],
  'a credit note before payment': [
    6_000,
    { ...finalized, totalMinor: 10_000, prePaymentCreditNotesMinor: 4_000 },
  ],
  'more lines than Stripe sends, and a coupon': [
    99_000,
    { linesComplete: false, discounts: coupon, subtotalMinor: 120_000 },
  ],
  'a revision, whose balance is that of another invoice': [
    10_000,
    { ...finalized, isRevision: true, startingBalanceMinor: -700 },
  ],
  'paid outside of Stripe': [10_000, { ...finalized, status: 'paid', amountRemainingMinor: 0 }],
  overpaid: [
    10_000,
    {
      ...finalized,
      status: 'paid',
      amountPaidMinor: 12_000,
      amountRemainingMinor: 0,
    },
  ],
  'a balance applied by hand once it was finalised': [
    6_000,
    { ...finalized, status: 'paid', totalMinor: 10_000, amountPaidMinor: 6_000, amountRemainingMinor: 0 },
  ],
  'a credit grant that older shapes do not show': [7_000, { pretaxCredits: null }],
  'less than a króna too much, which can’t be paid': [10_050, { currency: 'isk' }],
  'a tax rounded to whole krónur': [
    12_100,
    { currency: 'isk', taxes: [tax(2_100)], lines: [line(10_000, { taxes: [tax(2_100)] })] },
  ],
  'taxes rounded after the subtotal, the last line with the rest': [
    12_317,
    {
      taxes: [tax(2_053, { taxableMinor: 10_264 })],
      lines: [
        ...[44, 44, 44, 44, 44, 44].map((amount) =>
          line(amount, { taxes: [tax(8, { taxableMinor: amount })] }),
        ),
        line(10_000, { taxes: [tax(2_005)] }),
      ],
    },
  ],
  'taxes of manual rates rounded after the subtotal, so small on most lines that they are nothing there': [
    5_257,
    {
      taxes: [tax(250, { taxableMinor: 5_007, percentage: '5', reason: null })],
      lines: [
        ...[18, 19, 17, 19, 16, 18].map((amount) =>
          line(amount, { taxes: [tax(0, { taxableMinor: amount, percentage: '5', reason: null })] }),
        ),
        line(4_900, { taxes: [tax(250, { taxableMinor: 4_900, percentage: '5', reason: null })] }),
      ],
    },
  ],
  'taxes of another system, whose rates the event does not hold': [
    12_900,
    {
      taxes: [tax(2_900, { percentage: null, taxableMinor: 12_000 })],
      lines: [
        line(5_000, { taxes: [tax(900, { percentage: null, taxableMinor: 5_000 })] }),
        line(5_000, { taxes: [tax(2_000, { percentage: null, taxableMinor: 7_000 })] }),
      ],
    },
  ],
  'a discount whose shares are rounded on each line': [
    9_998,
    {
      discounts: [{ amountMinor: 2, discount: 'di_1' }],
      lines: [3_333, 6_667].map((amount) =>
        line(amount, { discounts: [{ amountMinor: 2, discount: 'di_1' }] }),
      ),
    },
  ],
  'shipping, which has a price and taxes of its own': [12_345, { hasShipping: true }],
  'a price by packages, which today’s shape does not show': [
    10_000,
    { lines: [line(10_000, { quantity: '70', unitAmountMinor: '900' })] },
  ],
  'a proration': [10_000, { lines: [priced(10_000, '3', '9000', { proration: true })] }],
  'a trial': [0, { lines: [priced(0, '3', '9000')] }],
  'the shorter first period of a subscription': [10_000, { lines: [priced(10_000, '1', '30000')] }],
  'usage of a fraction of a unit, truncated by older shapes': [
    10_000,
    { lines: [priced(10_000, '3', '3000', { metered: true, quantityIsExact: false })] },
  ],
  'a one-off line of a fraction of a unit, truncated by older shapes': [
    10_000,
    { lines: [oneOff(10_000, '3', '3000', { quantityIsExact: false })] },
  ],
  'a one-off line by packages of two, rounded up': [10_000, { lines: [oneOff(10_000, '19', '1000')] }],
  'a one-off line by packages, in fractions of a cent': [
    10_000,
    { lines: [oneOff(10_000, '900', '33.3333')] },
  ],
  'a one-off line of a gift': [0, { lines: [oneOff(0, '3', '3000')] }],
  'a one-off credit': [10_000, { lines: [line(12_000), oneOff(-2_000, '2', '-1000')] }],
  'a fee on every unit': [
    20_081,
    {
      taxes: [tax(81, { percentage: null })],
      lines: ['1', '2'].map((quantity) =>
        line(10_000, {
          quantity,
          taxes: [tax(27 * Number(quantity), { taxableMinor: 10_000 - Number(quantity), percentage: null })],
        }),
      ),
    },
  ],
  'a fee that is the same on every line': [
    20_054,
    {
      taxes: [tax(54, { percentage: null })],
      lines: [100, 19_900].map((amount) =>
        line(amount, { taxes: [tax(27, { taxableMinor: amount, percentage: null })] }),
      ),
    },
  ],
};

describe('an invoice that adds up', () => {
  it.each(Object.entries(lawful))('with %s', (_name, [amountDueMinor, changes]) => {
    expect(judged(amountDueMinor, changes)).toEqual([]);
  });
});
