import type { Invoice, InvoiceEvent } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { isOpenDraft } from '../../domain/events/is-open-draft.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { type CustomerRecord, historyBefore } from '../../domain/record/customer-record.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import type { Series } from '../../domain/record/series.ts';
import { invoiceSeriesKey } from '../../domain/record/series-key.ts';
import { type ExpectedRange, expectedRange } from '../baseline/expected-range.ts';
import { wasExpected } from '../baseline/was-expected.ts';
import { defineDetector } from '../define.ts';
import {
  type Examples,
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  exampleUsageInvoice,
  monthly,
} from '../examples/example-events.ts';
import { remediationSteps } from '../finding/remediation-steps.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';
import { isLawfullyZero } from './is-lawfully-zero.ts';

const usually = 0.8; // of the earlier invoices had an amount: what happens more often than one time in five is no news
const warmUp = 2; //    such invoices; one alone is no custom

const missingBill = 'Bill what is missing on a new invoice.';

export const zeroInvoice = defineDetector({
  id: 'zero-invoice',
  question: 'Is a zero invoice sent to a customer who usually pays?',
  certainty: 'unusual',
  admits: true,
  nextSteps: [
    'Open the invoice in Stripe: every line on it is zero. Look at the price and the quantity of each.',
    {
      draft: remediationSteps.draft,
      open: missingBill,
      paid: missingBill,
    },
    'Correct the price before the next renewal.',
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized', 'invoice_paid'],
  yieldsTo: ['total', 'total-excluding-tax', 'amount-due'].map((name) => `invoice-arithmetic/${name}`),
  judge: (event, record) => {
    const { invoice } = event;
    if (!isAllZero(invoice) || startsOrChanges.includes(invoice.billingReason ?? '')) return [];
    if (!canStillMatter(event) || isOpenDraft(invoice)) return [];
    if (invoice.lines.some((line) => isLawfullyZero(line, invoice, record))) return [];
    const usual = usualIfPaying(event, record);
    if (usual === undefined) return [];
    return [judgement(event, usual)];
  },
});

/** A trial begins with nothing, and a change may come to nothing. */
const startsOrChanges = ['subscription_create', 'subscription_update'];

/** Where a line has an amount, then a discount, a credit or another line took it off, in plain sight. */
function isAllZero({ totalMinor, subtotalMinor, lines, linesComplete }: Invoice): boolean {
  if (totalMinor !== 0 || lines.length === 0 || lines.some((line) => line.amountMinor !== 0)) return false;
  return linesComplete || subtotalMinor === 0;
}

/** What such invoices usually come to, for a paying customer; what came before the first payment is a trial. */
function usualIfPaying(event: InvoiceEvent, record: CustomerRecord): ExpectedRange | undefined {
  const { id, createdAtSec } = event.invoice;
  const object = { atSec: createdAtSec, hash: objectHash(id) };
  const earlier: Series = historyBefore(record, 'invoices', invoiceSeriesKey(event), object).filter(
    isCountable,
  );
  if (wasExpected(earlier, (value) => value === 0)) return undefined;
  const sinceFirst = earlier.slice(earlier.findIndex(({ value }) => value > 0));
  const paying = sinceFirst.filter(({ value }) => value > 0);
  if (paying.length < usually * sinceFirst.length) return undefined;
  return expectedRange(paying, { sigmas: 4, warmUp, headroom: 1 });
}

function judgement(event: InvoiceEvent, usual: ExpectedRange): Judgement {
  const { invoice } = event;
  const { currency } = invoice;
  const typicalMinor = Math.round(usual.typical);
  const typical = formatMoney(typicalMinor, currency);
  return {
    about: invoice.id,
    severity: stakeSeverity(typicalMinor, currency),
    severityReason: `About ${typical} would not be billed.`,
    summary: `${invoiceLabel(invoice)} to ${customerLabel(event)} comes to nothing; usually it is about ${typical}.`,
    measure: { kind: 'money', currency, what: 'invoice total' },
    actual: 0,
    typical: typicalMinor,
    expected: { low: usual.low, high: usual.high },
    boundary: null, // the smallest amount above zero is reported by another check
    rule:
      'An invoice is flagged when all its lines are zero, with no trial, discount, credit, free price or free usage ' +
      `that explains it, and at least ${usually * 100}% of the customer's earlier such invoices had an amount.`,
    history: usual.history,
    breakdown: null,
    atStakeMinor: typicalMinor,
    money: moneyState(invoice),
  };
}

export const examples: Examples = () => {
  const paid = monthly(exampleInvoice, [41_000, 41_000, 41_000]);
  const calls = monthly(exampleUsageInvoice, [90_000, 110_000, 100_000]);
  const byHand = { billingReason: 'manual', finalizesAtSec: null };
  const line = exampleLine(3, 0, { unitAmountMinor: '0' });
  const discount = [{ amountMinor: 41_000, discount: 'di_1' }];
  const freePrice = exampleSubscription(2, { unitAmountMinor: '0' });
  const zero = exampleInvoice(3, 0);
  return {
    fires: [
      { name: 'a renewal of nothing after three paid ones', history: paid, event: zero },
      {
        name: 'the same after a free month to begin with',
        history: [exampleInvoice(-1, 0), ...paid],
        event: zero,
      },
      { name: 'usual usage at a price of zero', history: calls, event: exampleUsageInvoice(3, 105_000, 0) },
      {
        name: 'goods for nothing on an invoice written by hand, once it is final',
        history: monthly((month, amount) => exampleInvoice(month, amount, byHand), [2_000, 9_000]),
        event: exampleInvoice(3, 0, byHand, 'invoice_finalized'),
      },
    ],
    quiet: [
      { name: 'one paid month before', history: paid.slice(0, 1), event: zero },
      {
        name: 'a month of nothing among the last five',
        history: [...paid, zero],
        event: exampleInvoice(4, 0),
      },
      {
        name: 'a trial',
        history: paid,
        event: exampleInvoice(3, 0, { billingReason: 'subscription_create' }),
      },
      {
        name: 'a trial given later',
        history: paid,
        event: exampleInvoice(3, 0, { lines: [{ ...line, description: 'Trial period for Pro plan' }] }),
      },
      {
        name: 'a coupon for the whole',
        history: paid,
        event: exampleInvoice(3, 0, {
          discounts: discount,
          lines: [exampleLine(3, 41_000, { discounts: discount })],
        }),
      },
      {
        name: 'an amount that the balance pays',
        history: paid,
        event: exampleInvoice(3, 0, { totalMinor: 41_000, lines: [exampleLine(3, 41_000)] }),
      },
      {
        name: 'prorations that cancel out',
        history: paid,
        event: exampleInvoice(3, 0, {
          lines: [exampleLine(3, 900), exampleLine(3, -900, { proration: true })],
        }),
      },
      { name: 'a plan that is free now', history: [...paid, freePrice], event: zero },
      { name: 'no usage', history: calls, event: exampleUsageInvoice(3, 0, 0) },
      { name: 'usage within what is free', history: calls, event: exampleUsageInvoice(3, 5_000, 0) },
      {
        name: 'a draft by hand that is not complete yet',
        history: monthly((month, amount) => exampleInvoice(month, amount, byHand), [2_000, 9_000]),
        event: exampleInvoice(3, 0, byHand),
      },
    ],
  };
};
