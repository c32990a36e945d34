import type { Invoice, InvoiceEvent } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { isOpenDraft } from '../../domain/events/is-open-draft.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { sumMinor } from '../../domain/money/sum-minor.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { amountsBefore } from '../baseline/comparable-amounts.ts';
import { expectedRange } from '../baseline/expected-range.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleInvoice, exampleLine } from '../examples/example-events.ts';
import { totalBreakdown } from '../finding/invoice-breakdown.ts';
import { remediationSteps } from '../finding/remediation-steps.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';

/** Only to say what is usual: the sign is judged by itself. */
const usual = { sigmas: 4, warmUp: 1, headroom: 1 };

const lostCredit = 'Take the credit off the customer’s balance, or their next invoices are paid with it.';

export const negativeInvoice = defineDetector({
  id: 'negative-invoice',
  question: 'Does this invoice owe money to the customer?',
  certainty: 'unusual',
  basis: 'an invoice that owes money to the customer is seldom meant',
  nextSteps: [
    'Open the invoice in Stripe and look for a line with a negative price or quantity.',
    {
      draft: remediationSteps.draft,
      open: lostCredit,
      paid: lostCredit,
    },
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized', 'invoice_paid'],
  yieldsTo: ['total', 'total-excluding-tax', 'amount-due'].map((name) => `invoice-arithmetic/${name}`),
  judge: (event, record) => {
    const { invoice } = event;
    if (invoice.totalMinor >= 0 || isCreditForChange(invoice)) return [];
    if (!canStillMatter(event) || isOpenDraft(invoice)) return [];
    return [judgement(event, record)];
  },
});

/** Someone changed a plan in mid-period: the credit for unused time outweighs the rest, which is not negative. */
function isCreditForChange(invoice: Invoice): boolean {
  const restMinor = withoutChanges(invoice);
  return restMinor === null || restMinor >= 0;
}

/** What the lines come to that are not for a change in the middle of a period. */
function withoutChanges({ lines }: Invoice): number | null {
  return sumMinor(lines.map((line) => (line.proration === false ? line.amountMinor : 0)));
}

function judgement(event: InvoiceEvent, record: CustomerRecord): Judgement {
  const { invoice } = event;
  const { currency, totalMinor } = invoice;
  const earlier = expectedRange(amountsBefore(event, record, usual.warmUp), usual);
  const creditMinor = -totalMinor;
  const credit = formatMoney(creditMinor, currency);
  return {
    about: invoice.id,
    severity: stakeSeverity(creditMinor, currency),
    severityReason: `The customer's next invoices would be ${credit} smaller.`,
    summary:
      `${invoiceLabel(invoice)} to ${customerLabel(event)} is negative: it credits the customer ${credit} ` +
      'that no change of plan accounts for.',
    headline: `negative invoice: ${credit} credit`,
    measure: { kind: 'money', currency, what: 'invoice total' },
    actual: totalMinor,
    ...(earlier && { typical: Math.round(earlier.typical) }),
    expected: { low: 0, high: earlier?.high ?? 0 },
    boundary: null, // what is not negative may be nothing, or too little, for another check
    rule:
      'An invoice is flagged when its total is negative and its lines are negative even without those for a ' +
      'change in the middle of a period.',
    history: earlier?.history ?? { count: 0, points: [] },
    breakdown: totalBreakdown(invoice, earlier && Math.round(earlier.typical)),
    atStakeMinor: creditMinor,
    money: moneyState(invoice),
  };
}

export const examples: Examples = () => {
  const negative = { amountDueMinor: 0, totalMinor: -4_100, totalExcludingTaxMinor: -4_100 };
  const credit = exampleLine(0, -4_100, { description: 'Unused time on Pro plan', proration: true });
  const wrong = { ...negative, lines: [exampleLine(0, -4_100, { quantity: '-1' })] };
  const byHand = { ...wrong, billingReason: 'manual', finalizesAtSec: null };
  return {
    fires: [
      { name: 'a renewal with the wrong sign', history: [], event: exampleInvoice(0, 0, wrong) },
      {
        name: 'a negative invoice written by hand, once it is final',
        history: [exampleInvoice(0, 4_100, { billingReason: 'manual' })],
        event: exampleInvoice(1, 0, byHand, 'invoice_finalized'),
      },
      {
        name: 'a negative line next to the credit for a change',
        history: [],
        event: exampleInvoice(0, 0, {
          ...negative,
          lines: [exampleLine(1, -3_000), exampleLine(0, -1_100, { proration: true })],
        }),
      },
    ],
    quiet: [
      {
        name: 'the credit of a downgrade',
        history: [],
        event: exampleInvoice(0, 0, { ...negative, billingReason: 'subscription_update', lines: [credit] }),
      },
      {
        name: 'a renewal of a smaller plan with the credit for the larger one',
        history: [],
        event: exampleInvoice(0, 0, {
          ...negative,
          lines: [exampleLine(1, 900), { ...credit, amountMinor: -5_000 }],
        }),
      },
      {
        name: 'a total that the balance pays',
        history: [],
        event: exampleInvoice(0, 0, {
          totalMinor: 4_100,
          startingBalanceMinor: -9_000,
          lines: [exampleLine(0, 4_100)],
        }),
      },
      {
        name: 'a draft by hand that may not be complete yet',
        history: [],
        event: exampleInvoice(0, 0, byHand),
      },
      { name: 'a void invoice', history: [], event: exampleInvoice(0, 0, { ...wrong, status: 'void' }) },
    ],
  };
};
