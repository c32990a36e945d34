import type { Invoice, InvoiceEvent, InvoiceLine } from '../../domain/events/billing-event.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { type CustomerRecord, historyBefore } from '../../domain/record/customer-record.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import { sameChangeSec } from '../../domain/record/same-change.ts';
import { type ItemFact, invoiceSeriesKey, seriesKey } from '../../domain/record/series-key.ts';
import { type ExpectedRange, expectedRange } from '../baseline/expected-range.ts';
import { defineDetector } from '../define.ts';
import {
  type Examples,
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  exampleUsageInvoice,
  monthly,
} from '../examples/example-events.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';
import type { Settings } from '../settings.ts';

const knobs = { sigmas: 4, warmUp: 5, headroom: 1 }; // as amount-spike has it
const depth = 8; //        times below the smallest renewal so far: one digit too few is a tenth

export const amountDrop = defineDetector({
  id: 'amount-drop',
  question:
    'Does this renewal bill far less than this customer ever paid, though no one changed the subscription?',
  certainty: 'unusual',
  admits: true,
  resolvesBy: 'amount',
  nextSteps: [
    'Open the invoice in Stripe and compare its lines with the last one, and with the subscription.',
    'If it is too low, bill what is missing on a new invoice, and correct the price or the seats before the next renewal.',
    'If the customer has agreed to it, nothing is wrong.',
  ],
  blindSpots: [
    'A price or seats that someone set too low on the subscription itself: it looks like a change of plan.',
    'A renewal that falls to more than an eighth of the smallest one so far.',
    'Bills with usage, where less is lawful: see usage-drop. Nothing at all: see zero-invoice.',
    'The first five renewals, and purchases, which may be of any size.',
  ],
  on: ['invoice_finalized'],
  yieldsTo: ['price-drift', 'decimal-shift'],
  judge(event, record, context) {
    const { invoice } = event;
    if (invoice.billingReason !== 'subscription_cycle' || !isPlain(invoice)) return [];
    const usual = usualRenewal(event, record);
    if (usual === undefined || invoice.lines.some((line) => mayBeMeant(line, invoice, record))) return [];
    const judgement = judgeAmount(event, usual, context.settings);
    return judgement === undefined ? [] : [judgement];
  },
});

/** Seats and nothing else: a proration says that someone changed something, and usage may be any. */
function isPlain({ lines, linesComplete }: Invoice): boolean {
  return (
    linesComplete && lines.every((line) => line.proration === false && !line.metered && line.amountMinor >= 0)
  );
}

interface UsualRenewal extends ExpectedRange {
  readonly smallest: number;
}

/** Undefined with too little history, and for what is not below an eighth of the smallest, which is cheap to check. */
function usualRenewal(event: InvoiceEvent, record: CustomerRecord): UsualRenewal | undefined {
  const { id, createdAtSec } = event.invoice;
  const object = { atSec: createdAtSec, hash: objectHash(id) };
  const earlier = historyBefore(record, 'invoices', invoiceSeriesKey(event), object).filter(isCountable);
  const paid = earlier.map(({ value }) => value).filter((value) => value > 0);
  const smallest = Math.min(...paid);
  if (linesMinor(event.invoice) >= smallest / depth) return;
  const usual = expectedRange(earlier, knobs);
  return usual && { ...usual, smallest };
}

/**
 * Whether a line bills a choice that someone made: Stripe sends every change of a subscription. Another price than
 * its item's, or fewer seats set after the invoice was made, may be a change whose event is under way.
 */
function mayBeMeant(line: InvoiceLine, invoice: Invoice, record: CustomerRecord): boolean {
  const fact = (name: ItemFact) =>
    record.subscriptions.get(seriesKey.item(line.subscriptionItem ?? '', name))?.at(-1);
  const price = fact('price');
  if (price === undefined) return false;
  const changedAtSec = price.atSec + Math.floor(price.revision / 2);
  if (changedAtSec > invoice.createdAtSec + sameChangeSec || fact('live')?.value === 0) return true;
  const isSamePrice = line.price !== null && price.value === objectHash(line.price);
  return !isSamePrice || (fact('quantity')?.value ?? 0) <= Number(line.quantity ?? 0);
}

/** What the lines come to before discounts and credits, which explain themselves. */
function linesMinor({ lines }: Invoice): number {
  return lines.reduce((sum, line) => sum + line.amountMinor, 0);
}

function judgeAmount(
  event: InvoiceEvent,
  usual: UsualRenewal,
  { leastAtStakeDollars }: Settings,
): Judgement | undefined {
  const { invoice } = event;
  const { currency } = invoice;
  const actual = linesMinor(invoice);
  const typicalMinor = Math.round(usual.typical);
  const worthAMinute = typicalMinor - approximateUsd(leastAtStakeDollars, currency) + 1;
  const boundary = Math.floor(Math.min(usual.low, usual.smallest / depth, worthAMinute));
  const atStakeMinor = typicalMinor - actual;
  if (actual === 0 || actual >= boundary) return;
  const money = (minor: number): string => formatMoney(minor, currency);
  return {
    about: invoice.id,
    severity: stakeSeverity(atStakeMinor, currency),
    severityReason: `About ${money(atStakeMinor)} would not be billed.`,
    summary:
      `${invoiceLabel(invoice)} to ${customerLabel(event)} bills ${money(actual)} before discounts; usually it is about ` +
      `${money(typicalMinor)}, and no change of the subscription explains it.`,
    measure: { kind: 'money', currency, what: 'amount before discounts' },
    actual,
    typical: typicalMinor,
    expected: { low: boundary, high: usual.high },
    boundary,
    rule:
      `A renewal is flagged when its lines come to less than the usual variation of the customer's last ${usual.count} ` +
      `renewals (${knobs.sigmas} robust standard deviations, log scale) and less than an ${depth}th of the smallest, ` +
      'and its subscription has not been changed.',
    history: usual.history,
    breakdown: null,
    atStakeMinor,
    money: moneyState(invoice),
  };
}

const seats = (month: number, amountMinor: number, quantity: number, price = 'price_pro') =>
  exampleInvoice(
    month,
    amountMinor,
    { lines: [exampleLine(month, amountMinor, { quantity: String(quantity), price })] },
    'invoice_finalized',
  );
const ten = monthly(
  (month, amount) => seats(month, amount, 10),
  [410_000, 410_000, 410_000, 410_000, 410_000],
);
const tiers = { pricing: 'not_per_unit', unitAmountMinor: null } as const; // so that price-drift has nothing to hold

export const examples: Examples = () => ({
  fires: [
    {
      name: 'one seat, though the subscription has ten',
      history: [...ten, exampleSubscription(4, { quantity: 10, ...tiers })],
      event: seats(5, 41_000, 1),
    },
    { name: 'nearly a tenth, though no event reported a change', history: ten, event: seats(5, 42_500, 10) },
  ],
  quiet: [
    { name: 'the usual amount', history: ten, event: seats(5, 410_000, 10) },
    {
      name: 'one seat, as set on the subscription',
      history: [...ten, exampleSubscription(4, { quantity: 1, ...tiers })],
      event: seats(5, 41_000, 1),
    },
    {
      name: 'a smaller plan',
      history: [...ten, exampleSubscription(4, { quantity: 10, price: 'price_mini' })],
      event: seats(5, 9_000, 10, 'price_mini'),
    },
    { name: 'a third of it', history: ten, event: seats(5, 136_000, 10) },
    { name: 'the same digits, which decimal-shift says', history: ten, event: seats(5, 4_100, 10) },
    { name: 'too little history', history: ten.slice(1), event: seats(5, 41_500, 10) },
    {
      name: 'a coupon of nearly all',
      history: ten,
      event: exampleInvoice(5, 20_000, {
        ...seats(5, 410_000, 10).invoice,
        amountDueMinor: 20_000,
        totalMinor: 20_000,
        discounts: [{ amountMinor: 390_000, discount: 'di_1' }],
      }),
    },
    {
      name: 'less usage',
      history: monthly(exampleUsageInvoice, [100_000, 108_000, 97_000, 111_000, 104_000]),
      event: { ...exampleUsageInvoice(5, 5_000), kind: 'invoice_finalized' },
    },
  ],
});
