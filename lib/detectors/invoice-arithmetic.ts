import type { Invoice, InvoiceEvent } from '../domain/billing-event.ts';
import { customerLabel } from '../domain/customer-label.ts';
import type { Judgement, MoneyState, Severity } from '../domain/finding.ts';
import { invoiceLabel } from '../domain/invoice-label.ts';
import { formatMoney, minorStep } from '../domain/money.ts';
import { moneyState } from '../domain/money-state.ts';
import { roughlyDollars } from '../domain/rough-worth.ts';
import { defineDetector } from './define.ts';
import { type Example, type Examples, exampleInvoice, exampleLine } from './example-events.ts';
import { amountDue } from './invoice-identities/amount-due.ts';
import { amountRemaining } from './invoice-identities/amount-remaining.ts';
import { discountSums } from './invoice-identities/discount-sums.ts';
import { lineAmounts } from './invoice-identities/line-amounts.ts';
import { lineTaxes } from './invoice-identities/line-taxes.ts';
import { oneRate } from './invoice-identities/one-rate.ts';
import { taxSums } from './invoice-identities/tax-sums.ts';
import { taxedOnce } from './invoice-identities/taxed-once.ts';
import { total } from './invoice-identities/total.ts';
import { totalExcludingTax } from './invoice-identities/total-excluding-tax.ts';
import type { Broken, InvoiceIdentity } from './invoice-identities/verdict.ts';

/** Causes before what follows from them: the first that is broken explains most. */
const identities: readonly InvoiceIdentity[] = [
  lineAmounts,
  discountSums,
  lineTaxes,
  taxedOnce,
  oneRate,
  taxSums,
  total,
  totalExcludingTax,
  amountDue,
  amountRemaining,
];

const lowDollars = 20; //   less at stake is of low severity, whatever the invoice's state
const highDollars = 500; // more is one step more severe

export const invoiceArithmetic = defineDetector({
  id: 'invoice-arithmetic',
  question: 'Does this invoice add up?',
  certainty: 'proven',
  nextSteps: [
    'Open the invoice in Stripe and compare its lines, discounts and taxes with its total.',
    'If it is a draft, turn off automatic collection (auto_advance), then edit or delete it before it is finalised.',
    'If it was sent or charged already, void it or issue a credit note, and tell the customer.',
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized', 'invoice_paid'],
  judge(event) {
    const { invoice, kind } = event;
    if (invoice.status === 'void') return [];
    const broken = identities.flatMap((identity) => {
      const verdict = identity.check(invoice, kind);
      return typeof verdict === 'object' && isPayable(verdict, invoice) ? [{ identity, verdict }] : [];
    });
    const [first, ...others] = broken;
    return first === undefined ? [] : [judgement(event, first, others)];
  },
});

interface BrokenIdentity {
  readonly identity: InvoiceIdentity;
  readonly verdict: Broken;
}

/** Of less than the currency's smallest step, rounding is to blame. */
function isPayable({ actualMinor, expectedMinor }: Broken, { currency }: Invoice): boolean {
  return Math.abs(actualMinor - expectedMinor) >= minorStep(currency);
}

function judgement(event: InvoiceEvent, first: BrokenIdentity, others: readonly BrokenIdentity[]): Judgement {
  const { invoice } = event;
  const { identity, verdict } = first;
  const money = moneyState(invoice);
  const atStakeMinor = Math.abs(verdict.actualMinor - verdict.expectedMinor);
  const apart = formatMoney(atStakeMinor, invoice.currency);
  const also = others.map((other) => other.verdict.what).join(', ');
  return {
    about: `${invoice.id} ${identity.name}`,
    severity: severityOf(atStakeMinor, money),
    severityReason: `The two amounts are ${apart} apart, and ${consequence[money.state]}.`,
    summary: `${invoiceLabel(invoice)} to ${customerLabel(event)} ${verdict.says}`,
    measure: { kind: 'money', currency: invoice.currency, what: verdict.what },
    actual: verdict.actualMinor,
    expected: { low: verdict.expectedMinor, high: verdict.expectedMinor },
    boundary: null,
    rule: also === '' ? identity.rule : `${identity.rule} Also wrong: ${also}.`,
    history: { count: 0, points: [] },
    breakdown: verdict.breakdown,
    atStakeMinor,
    money,
  };
}

const consequence: Readonly<Record<MoneyState['state'], string>> = {
  draft: 'it can still be put right before it is finalised',
  open: 'the customer has been asked to pay',
  paid: 'the customer has been charged already',
  uncollectible: 'the invoice has been given up as uncollectible',
  void: 'the invoice is void',
  account: 'it concerns the whole account',
};

/** Money already asked for or taken is one step worse than money on a draft. */
function severityOf(atStakeMinor: number, { state, currency }: MoneyState): Severity {
  if (atStakeMinor < roughlyDollars(lowDollars, currency)) return 'low';
  const isLarge = atStakeMinor >= roughlyDollars(highDollars, currency);
  if (state === 'open' || state === 'paid') return isLarge ? 'critical' : 'high';
  return isLarge ? 'high' : 'medium';
}

function example(name: string, amountDueMinor: number, changes: Partial<Invoice>): Example {
  return {
    name,
    history: [],
    event: exampleInvoice(0, amountDueMinor, { totalExcludingTaxMinor: null, ...changes }),
  };
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
    ],
    quiet: [
      example('a tax on top', 12_000, { taxes, lines: [exampleLine(0, 10_000, { taxes })] }),
      example('a coupon', 8_000, { discounts, lines: [exampleLine(0, 10_000, { discounts })] }),
      example('a part of the lines: what they add up to is not known', 15_000, {
        linesComplete: false,
        subtotalMinor: null,
        lines,
      }),
    ],
  };
};
