import type { Invoice, InvoiceEvent, InvoiceLine } from '../../domain/events/billing-event.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import { minorStep } from '../../domain/money/money.ts';
import { defineDetector } from '../define.ts';
import { type Example, type Examples, exampleInvoice, exampleLine } from '../examples/example-events.ts';
import { remediationSteps } from '../finding/remediation-steps.ts';
import { wrongAmountSeverity } from '../finding/wrong-amount-severity.ts';
import { amountDue } from './identities/amount-due.ts';
import { amountRemaining } from './identities/amount-remaining.ts';
import { discountSums } from './identities/discount-sums.ts';
import { lineAmounts } from './identities/line-amounts.ts';
import { lineTaxes } from './identities/line-taxes.ts';
import { taxBase } from './identities/tax-base.ts';
import { taxSums } from './identities/tax-sums.ts';
import { taxedOnce } from './identities/taxed-once.ts';
import { total } from './identities/total.ts';
import { totalExcludingTax } from './identities/total-excluding-tax.ts';
import { type Broken, type InvoiceIdentity, isBroken } from './identities/verdict.ts';
import { withUnexplained } from './unexplained.ts';

/** Causes before what follows from them: the first that is broken explains most. */
const identities: readonly InvoiceIdentity[] = [
  lineAmounts,
  discountSums,
  lineTaxes,
  taxedOnce,
  taxBase,
  taxSums,
  total,
  totalExcludingTax,
  amountDue,
  amountRemaining,
];

export const invoiceArithmetic = defineDetector({
  id: 'invoice-arithmetic',
  question: 'Does this invoice add up?',
  certainty: 'proven',
  nextSteps: [
    'Open the invoice in Stripe and compare its lines, discounts and taxes with its total.',
    {
      draft: remediationSteps.draft,
      open: 'Void it and bill again, or issue a credit note, and inform the customer.',
      paid: 'Issue a credit note, refund what was paid too much, and inform the customer.',
      uncollectible: remediationSteps.uncollectible,
    },
  ],
  blindSpots: [
    'Whether the price, the quantity or the discount is the right one: only whether the invoice adds up by itself.',
    'Lines after the tenth: Stripe’s events hold ten, so what all lines add up to is "not provable".',
    'Unit price times quantity of subscriptions in today’s events: they do not say whether the price has tiers or packages. Of one-off lines, which have no tiers, a charge for too little that packages would explain.',
    'Taxes and discounts of shipping, which has no line.',
    'A tax that is off by one unit a line: an account may round each line or the sum, and no event says which. Of a bill of more than ten lines, by up to 250 units.',
    'The percentage of a rate that the event does not hold (Stripe Tax, another system’s taxes): only that its amounts add up.',
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized', 'invoice_paid'],
  judge(event) {
    const { invoice, kind } = event;
    if (invoice.status === 'void') return [];
    const broken = identities.flatMap((identity) => {
      const verdict = identity.check(invoice, kind);
      return isBroken(verdict) && isPayable(verdict, invoice) ? [{ identity, verdict }] : [];
    });
    const [first, ...others] = broken;
    return first === undefined ? [] : [judgement(event, first, others)];
  },
});

interface BrokenIdentity {
  readonly identity: InvoiceIdentity;
  readonly verdict: Broken;
}

/** A difference below the currency's smallest step comes from rounding. */
function isPayable({ actualMinor, expectedMinor }: Broken, { currency }: Invoice): boolean {
  return Math.abs(actualMinor - expectedMinor) >= minorStep(currency);
}

function judgement(event: InvoiceEvent, first: BrokenIdentity, others: readonly BrokenIdentity[]): Judgement {
  const { invoice } = event;
  const { identity, verdict } = first;
  const money = moneyState(invoice);
  const atStakeMinor = Math.abs(verdict.actualMinor - verdict.expectedMinor);
  const also = others.map((other) => other.verdict.what).join(', ');
  return {
    about: `${invoice.id} ${identity.name}`,
    ...wrongAmountSeverity(atStakeMinor, money),
    summary: `${invoiceLabel(invoice)} to ${customerLabel(event)} ${verdict.says}`,
    measure: { kind: 'money', currency: invoice.currency, what: verdict.what },
    actual: verdict.actualMinor,
    expected: { low: verdict.expectedMinor, high: verdict.expectedMinor },
    boundary: null,
    rule: also === '' ? identity.rule : `${identity.rule} Also wrong: ${also}.`,
    history: { count: 0, points: [] },
    breakdown: withUnexplained(verdict.rows, verdict.actualMinor),
    atStakeMinor,
    money,
  };
}

function example(name: string, amountDueMinor: number, changes: Partial<Invoice>): Example {
  return {
    name,
    history: [],
    event: exampleInvoice(0, amountDueMinor, { totalExcludingTaxMinor: null, ...changes }),
  };
}

/** Ten units at $10.00. */
function oneOff(amountMinor: number): InvoiceLine {
  return exampleLine(0, amountMinor, {
    quantity: '10',
    unitAmountMinor: '1000',
    subscriptionItem: null,
    pricing: 'per_unit_or_package',
  });
}

export const examples: Examples = () => {
  const rate = { inclusive: false, rate: 'txr_1', reason: 'standard_rated', percentage: '20' };
  const taxes = [{ ...rate, amountMinor: 2_000, taxableMinor: 10_000 }];
  const doubled = [{ ...rate, amountMinor: 4_000, taxableMinor: 10_000 }];
  const discounts = [{ amountMinor: 2_000, discount: 'di_1' }];
  const lines = [exampleLine(0, 10_000)];
  return {
    fires: [
      example('a total that is more than its lines', 15_000, { lines }),
      example('a tax at twice its rate', 14_000, {
        taxes: doubled,
        lines: [exampleLine(0, 10_000, { taxes: doubled })],
      }),
      example('a discount that its line has and the invoice has not', 10_000, {
        lines: [exampleLine(0, 10_000, { discounts })],
      }),
      example('a one-off line of more than its price times its quantity', 11_000, {
        lines: [oneOff(11_000)],
      }),
      example('a one-off line of less, by no whole number of units', 9_500, { lines: [oneOff(9_500)] }),
    ],
    quiet: [
      example('a tax on top', 12_000, { taxes, lines: [exampleLine(0, 10_000, { taxes })] }),
      example('ten units for the price of one, which may be a package', 1_000, { lines: [oneOff(1_000)] }),
      example('a coupon', 8_000, { discounts, lines: [exampleLine(0, 10_000, { discounts })] }),
      example('a part of the lines: what they add up to is not known', 15_000, {
        linesComplete: false,
        subtotalMinor: null,
        lines,
      }),
    ],
  };
};
