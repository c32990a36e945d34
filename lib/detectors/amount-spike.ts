import type { ChargeEvent, InvoiceEvent } from '../domain/billing-event.ts';
import { customerLabel } from '../domain/customer-label.ts';
import { type CustomerRecord, historyOf } from '../domain/customer-record.ts';
import type { Judgement } from '../domain/finding.ts';
import { invoiceLabel } from '../domain/invoice-label.ts';
import { invoiceSeriesKey, seriesKey } from '../domain/learn.ts';
import { formatMoney } from '../domain/money.ts';
import { moneyState } from '../domain/money-state.ts';
import { objectHash } from '../domain/object-hash.ts';
import { pays } from '../domain/pays.ts';
import { roughlyDollars } from '../domain/rough-worth.ts';
import type { Series } from '../domain/series.ts';
import { defineDetector } from './define.ts';
import { type Examples, exampleCharge, exampleInvoice, exampleLine, monthly } from './example-events.ts';
import { invoiceBreakdown } from './invoice-breakdown.ts';
import { spikeSeverity } from './spike-severity.ts';
import { usualRange } from './usual-range.ts';

const sigmas = 4; //            robust standard deviations on the log scale
const warmUp = 5; //            observations; below this there is too little history to say
const headroom = 1.2; //        times the largest usual amount so far
const floorDollars = 5; //      at stake, about, in any currency; less is not worth a person's minute

export const amountSpike = defineDetector({
  id: 'amount-spike',
  question: 'Is this far above what this customer usually pays?',
  certainty: 'unusual',
  nextSteps: [
    'Open it in Stripe and compare its lines with the last one.',
    'If a draft is wrong, turn off automatic collection (auto_advance), then edit or delete it before it is finalised.',
    'If it has been charged already, refund the difference before the customer asks.',
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized', 'charge_succeeded'],
  judge: (event, record) => {
    const judgement =
      event.kind === 'charge_succeeded' ? judgeCharge(event, record) : judgeInvoice(event, record);
    return judgement === undefined ? [] : [judgement];
  },
});

function judgeInvoice(event: InvoiceEvent, record: CustomerRecord): Judgement | undefined {
  const { invoice } = event;
  const hash = objectHash(invoice.id);
  const charges = historyOf(record, 'charges', seriesKey.charge(invoice.currency), hash);
  if (charges.some((charge) => pays(charge, { atSec: invoice.createdAtSec, value: invoice.amountDueMinor })))
    return;
  // A metered price is judged on its quantity (usage-spike), a proration is a change that somebody made.
  const explained = invoice.lines.filter((line) => line.proration === true || line.metered);
  const explainedMinor = explained.reduce((sum, line) => sum + line.amountMinor, 0);
  return judgeAmount({
    about: invoice.id,
    currency: invoice.currency,
    amountMinor: invoice.amountDueMinor,
    judgedMinor: invoice.amountDueMinor - Math.max(0, explainedMinor),
    histories: [historyOf(record, 'invoices', invoiceSeriesKey(event), hash), charges],
    says: `${invoiceLabel(event.invoice)} to ${customerLabel(event)} is`,
    what: 'amount due',
    breakdown: (typicalMinor) => invoiceBreakdown(invoice, typicalMinor),
    money: moneyState(invoice),
  });
}

function judgeCharge(event: ChargeEvent, record: CustomerRecord): Judgement | undefined {
  const { charge } = event;
  const hash = objectHash(charge.id);
  const seen = { atSec: charge.createdAtSec, value: charge.amountCapturedMinor };
  const renewals = historyOf(record, 'invoices', seriesKey.recurring(charge.currency), hash);
  const others = historyOf(record, 'invoices', seriesKey.oneOff(charge.currency), hash);
  // What was invoiced has been judged on its invoice, when there was still time.
  if (charge.invoice !== null || [...renewals, ...others].some((invoice) => pays(seen, invoice))) return;
  return judgeAmount({
    about: charge.id,
    currency: charge.currency,
    amountMinor: charge.amountCapturedMinor,
    judgedMinor: charge.amountCapturedMinor,
    histories: [historyOf(record, 'charges', seriesKey.charge(charge.currency), hash), renewals],
    says: `${customerLabel(event)} was charged`,
    what: 'amount charged',
    breakdown: () => null,
    money: { currency: charge.currency, state: 'paid', finalizesAtSec: null, dueAtSec: null },
  });
}

interface Amount {
  readonly about: string;
  readonly currency: string;
  readonly amountMinor: number;
  /** Without what other things explain. */
  readonly judgedMinor: number;
  /** The first that is long enough is judged by. */
  readonly histories: readonly Series[];
  readonly says: string;
  readonly what: string;
  readonly breakdown: (typicalMinor: number) => Judgement['breakdown'];
  readonly money: Judgement['money'];
}

function judgeAmount(amount: Amount): Judgement | undefined {
  const ranges = amount.histories.map((series) => usualRange(series, { sigmas, warmUp, headroom }));
  const usual = ranges.find((range) => range !== undefined);
  if (usual === undefined) return;
  const { currency, amountMinor } = amount;
  const typicalMinor = Math.round(usual.typical);
  const floorMinor = roughlyDollars(floorDollars, currency);
  const boundary = Math.max(usual.high, typicalMinor + floorMinor);
  if (amount.judgedMinor <= boundary) return;
  const atStakeMinor = amountMinor - typicalMinor;
  const [typical, floor] = [typicalMinor, floorMinor].map((minor) => formatMoney(minor, currency));
  return {
    about: amount.about,
    ...spikeSeverity(amountMinor / usual.typical, atStakeMinor, currency),
    summary: `${amount.says} ${formatMoney(amountMinor, currency)}; usually it is about ${typical}.`,
    measure: { kind: 'money', currency, what: amount.what },
    actual: amountMinor,
    typical: typicalMinor,
    expected: { low: usual.low, high: usual.high },
    boundary,
    rule:
      `An amount is flagged when it is beyond the usual variation of the customer's last ${usual.count} amounts ` +
      `(${sigmas} robust standard deviations, log scale), more than ${headroom} times the largest usual one, and at least ` +
      `${floor} above the typical one.`,
    history: usual.history,
    breakdown: amount.breakdown(typicalMinor),
    atStakeMinor,
    money: amount.money,
  };
}

const flat = [41_000, 41_000, 41_000, 41_000, 41_000, 41_000];
const purchases = [3_000, 9_500, 1_200, 6_000, 2_500, 4_400, 8_000, 1_900];

export const examples: Examples = () => ({
  fires: [
    {
      name: 'a draft ten times the usual, while it can still be put right',
      history: monthly(exampleInvoice, flat),
      event: exampleInvoice(6, 412_000),
    },
    {
      name: 'a draft far above what was charged so far, though its invoices were never seen',
      history: monthly(exampleCharge, flat),
      event: exampleInvoice(6, 412_000),
    },
    {
      name: 'a charge in yen a hundred times the usual',
      history: monthly((month, amount) => exampleCharge(month, amount, { currency: 'jpy' }), purchases),
      event: exampleCharge(8, 400_000, { currency: 'jpy' }),
    },
  ],
  quiet: [
    {
      name: 'too little history',
      history: monthly(exampleCharge, flat.slice(0, 4)),
      event: exampleCharge(4, 410_000),
    },
    { name: 'the usual amount', history: monthly(exampleInvoice, flat), event: exampleInvoice(6, 41_000) },
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
      name: 'an annual proration that somebody made',
      history: monthly(exampleInvoice, flat),
      event: exampleInvoice(6, 441_000, {
        lines: [exampleLine(6, 41_000), exampleLine(7, 400_000, { proration: true })],
      }),
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
