import { exampleInvoice, exampleLine } from '../../../lib/detectors/example-events.ts';
import { invoiceArithmetic } from '../../../lib/detectors/invoice-arithmetic.ts';
import type { Invoice, InvoiceLine, Tax } from '../../../lib/domain/billing-event.ts';
import { emptyRecord } from '../../../lib/domain/customer-record.ts';

const coupon = [{ amountMinor: 2_000, discount: 'di_1' }];
const grant = { amountMinor: 3_000, discount: null };
const finalized: Partial<Invoice> = { status: 'open', endingBalanceMinor: 0, number: 'ACME-0042' };

function tax(amountMinor: number, changes: Partial<Tax> = {}): Tax {
  return {
    amountMinor,
    inclusive: false,
    rate: 'txr_1',
    reason: 'standard_rated',
    taxableMinor: 10_000,
    percentage: '20',
    ...changes,
  };
}

function line(amountMinor: number, changes: Partial<InvoiceLine> = {}): InvoiceLine {
  return exampleLine(0, amountMinor, changes);
}

/** An invoice of one line of $100 whose numbers are those given, with nothing derived from them. */
function judged(amountDueMinor: number, changes: Partial<Invoice>) {
  const lines = [line(10_000)];
  const event = exampleInvoice(0, amountDueMinor, { totalExcludingTaxMinor: null, lines, ...changes });
  return invoiceArithmetic.judge(event, emptyRecord);
}

/** A line whose Price is in the event. */
function priced(amountMinor: number, quantity: string, unit: string, changes: Partial<InvoiceLine> = {}) {
  return line(amountMinor, { quantity, unitAmountMinor: unit, pricing: 'per_unit', ...changes });
}

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
  'paid outside of Stripe': [
    10_000,
    { ...finalized, status: 'paid', paidOutOfBand: true, amountRemainingMinor: 0 },
  ],
  'paid outside of Stripe, which today’s shape does not say': [
    10_000,
    { ...finalized, status: 'paid', amountRemainingMinor: 0 },
  ],
  overpaid: [
    10_000,
    {
      ...finalized,
      status: 'paid',
      amountPaidMinor: 12_000,
      amountRemainingMinor: 0,
      amountOverpaidMinor: 2_000,
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
    { lines: [priced(10_000, '3', '3000', { metered: true })] },
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

const broken: Readonly<Record<string, readonly [amountDueMinor: number, changes: Partial<Invoice>]>> = {
  'Invoice ACME-0042 to Acme Ltd says $120.00, but its own lines, discounts and taxes add up to $100.00.': [
    12_000,
    finalized,
  ],
  'Draft invoice to Acme Ltd says $120.00, but its own lines, discounts and taxes add up to $100.00.': [
    12_000,
    { linesComplete: false, subtotalMinor: 10_000 },
  ],
  'Draft invoice to Acme Ltd says $90.00 without tax, but its total less its taxes is $100.00.': [
    10_000,
    { totalExcludingTaxMinor: 9_000 },
  ],
  'Draft invoice to Acme Ltd takes off $0.00 for a discount, but on its lines that discount is $20.00.': [
    10_000,
    { lines: [line(10_000, { discounts: coupon })] },
  ],
  'Invoice ACME-0042 to Acme Ltd asks for $100.00, but its total and the customer’s balance come to $70.00.':
    [10_000, { ...finalized, startingBalanceMinor: -3_000 }],
  'Draft invoice to Acme Ltd leaves $40.00 to pay, but what is due less what was paid is $100.00.': [
    10_000,
    { amountRemainingMinor: 4_000 },
  ],
  'Draft invoice to Acme Ltd calls $5.00 overpaid, but what was paid less what is due is $0.00.': [
    10_000,
    { amountOverpaidMinor: 500 },
  ],
  'Draft invoice to Acme Ltd charges $150.00 for "Pro plan", but its price times its quantity is $100.00.': [
    15_000,
    { lines: [priced(15_000, '4', '2500')] },
  ],
  'Draft invoice to Acme Ltd takes $40.00 of tax on "Pro plan", but 20% of $100.00 is $20.00.': [
    14_000,
    { taxes: [tax(4_000)], lines: [line(10_000, { taxes: [tax(4_000)] })] },
  ],
  'Draft invoice to Acme Ltd applies the same tax twice to "Pro plan": $40.00 instead of $20.00.': [
    14_000,
    { taxes: [tax(4_000)], lines: [line(10_000, { taxes: [tax(2_000), tax(2_000)] })] },
  ],
  'Draft invoice to Acme Ltd applies one tax rate as two: $40.00 on $100.00 for "Pro plan", but $10.00 on $50.00 for "Seats".':
    [
      20_000,
      {
        taxes: [tax(5_000, { percentage: null })],
        lines: [
          line(10_000, { taxes: [tax(4_000, { percentage: null })] }),
          line(5_000, {
            description: 'Seats',
            taxes: [tax(1_000, { percentage: null, taxableMinor: 5_000 })],
          }),
        ],
      },
    ],
  'Draft invoice to Acme Ltd takes $30.00 of a tax that comes to $20.00 on its lines.': [
    13_000,
    { taxes: [tax(3_000)], lines: [line(10_000, { taxes: [tax(2_000)] })] },
  ],
};

describe('an invoice that does not add up', () => {
  it.each(Object.entries(broken))('%s', (summary, [amountDueMinor, changes]) => {
    const [finding, ...others] = judged(amountDueMinor, changes);
    expect(finding?.summary).toBe(summary);
    expect(others).toEqual([]);
    const { rows, totalMinor } = finding?.breakdown ?? { rows: [], totalMinor: undefined };
    expect(rows.reduce((sum, row) => sum + row.amountMinor, 0)).toBe(totalMinor);
    expect(finding?.expected).toEqual({ low: totalMinor, high: totalMinor });
  });

  it('is one finding, from its draft to its payment', () => {
    const about = [
      {},
      finalized,
      { ...finalized, status: 'paid', amountPaidMinor: 12_000, amountRemainingMinor: 0 },
    ] as const;
    expect(
      new Set(about.flatMap((changes) => judged(12_000, changes).map((finding) => finding.about))).size,
    ).toBe(1);
  });

  it('is worse when the customer has been charged than as a draft, and mild when it is a few cents', () => {
    const paid = { ...finalized, status: 'paid', amountPaidMinor: 12_000, amountRemainingMinor: 0 } as const;
    expect(judged(12_000, {})[0]).toMatchObject({
      severity: 'medium',
      severityReason:
        'The two amounts are $20.00 apart, and it can still be put right before it is finalised.',
    });
    expect(judged(12_000, paid)[0]).toMatchObject({
      severity: 'high',
      severityReason: 'The two amounts are $20.00 apart, and the customer has been charged already.',
    });
    expect(judged(10_012, {})[0]?.severity).toBe('low');
    expect(judged(70_000, finalized)[0]?.severity).toBe('critical');
  });

  it('names what else is wrong', () => {
    expect(judged(12_000, { amountOverpaidMinor: 7 })[0]?.rule).toMatch(/ Also wrong: amount overpaid\.$/);
  });

  it('is no matter any more once it is void', () => {
    expect(judged(12_000, { status: 'void' })).toEqual([]);
  });
});
