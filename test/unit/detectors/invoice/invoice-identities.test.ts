import type { Invoice } from '../../../../lib/domain/events/billing-event.ts';
import { coupon, finalized, judged, line, oneOff, priced, tax } from './judged-invoice.ts';

const seats = (amountMinor: number) => tax(amountMinor, { taxableMinor: 5_000 });

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
  'Draft invoice to Acme Ltd leaves $100.00 to pay, but what is due less what was paid is $60.00.': [
    10_000,
    { amountPaidMinor: 4_000, amountRemainingMinor: 10_000 },
  ],
  'Draft invoice to Acme Ltd charges $150.00 for "Pro plan", but its price times its quantity is $100.00.': [
    15_000,
    { lines: [priced(15_000, '4', '2500')] },
  ],
  'Draft invoice to Acme Ltd charges $110.00 for "Pro plan", but its price times its quantity is $100.00.': [
    11_000,
    { lines: [oneOff(11_000, '4', '2500')] },
  ],
  'Draft invoice to Acme Ltd charges $30.00 for "Pro plan", but its price times its quantity is $40.00.': [
    3_000,
    { lines: [oneOff(3_000, '4', '1000')] },
  ],
  'Draft invoice to Acme Ltd charges $15.00 for "Pro plan", but its price times its quantity is $40.00.': [
    1_500,
    { lines: [oneOff(1_500, '4', '1000')] },
  ],
  'Draft invoice to Acme Ltd takes $40.00 of tax on "Pro plan", but 20% of $100.00 is $20.00.': [
    14_000,
    { taxes: [tax(4_000)], lines: [line(10_000, { taxes: [tax(4_000)] })] },
  ],
  'Draft invoice to Acme Ltd applies the same tax twice to "Pro plan": $40.00 instead of $20.00.': [
    14_000,
    { taxes: [tax(4_000)], lines: [line(10_000, { taxes: [tax(2_000), tax(2_000)] })] },
  ],
  'Draft invoice to Acme Ltd applies the same tax twice to "Pro plan" and to 1 more: $60.00 instead of $30.00.':
    [
      21_000,
      {
        taxes: [tax(6_000)],
        lines: [
          line(10_000, { taxes: [tax(2_000), tax(2_000)] }),
          line(5_000, { taxes: [seats(1_000), seats(1_000)] }),
        ],
      },
    ],
  'Draft invoice to Acme Ltd takes $50.00 of tax, but 20% of $150.00 is $30.00.': [
    20_000,
    {
      taxes: [tax(5_000)],
      lines: [line(10_000, { taxes: [tax(4_000)] }), line(5_000, { taxes: [seats(1_000)] })],
    },
  ],
  'Draft invoice to Acme Ltd takes $21.00 of tax on "Pro plan", but 20% of $100.00 is $20.00.': [
    18_000,
    {
      taxes: [tax(3_000)],
      lines: [line(10_000, { taxes: [tax(2_100)] }), line(5_000, { taxes: [seats(900)] })],
    },
  ],
  'Draft invoice to Acme Ltd takes $20.00 of tax on amounts before their discounts; after them it is $16.00.':
    [
      10_000,
      {
        discounts: coupon,
        taxes: [tax(2_000)],
        lines: [line(10_000, { discounts: coupon, taxes: [tax(2_000)] })],
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
    const explained = rows.slice(0, -1).reduce((sum, row) => sum + row.amountMinor, 0);
    expect(finding?.expected).toEqual({ low: explained, high: explained });
    expect(rows.at(-1)?.label).toBe('Not explained');
    expect(totalMinor).toBe(finding?.actual);
    expect(rows.reduce((sum, row) => sum + row.amountMinor, 0)).toBe(totalMinor);
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
        'The two amounts are $20.00 apart, and it can still be corrected before it is finalised.',
    });
    expect(judged(12_000, paid)[0]).toMatchObject({
      severity: 'high',
      severityReason: 'The two amounts are $20.00 apart, and the customer has been charged already.',
    });
    expect(judged(10_012, {})[0]?.severity).toBe('low');
    expect(judged(70_000, finalized)[0]?.severity).toBe('critical');
  });

  it('names what else is wrong', () => {
    expect(judged(12_000, { amountPaidMinor: 7 })[0]?.rule).toMatch(
      / Also wrong: amount that remains to be paid\.$/,
    );
  });

  it('is no matter any more once it is void', () => {
    expect(judged(12_000, { status: 'void' })).toEqual([]);
  });
});
