import type { Invoice, InvoiceEvent, InvoiceLine } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { isListed } from '../../domain/events/is-listed.ts';
import { productName } from '../../domain/events/product-name.ts';
import type { SubscriptionItem } from '../../domain/events/subscription.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import { formatMoney, formatUnitPrice, minorStep } from '../../domain/money/money.ts';
import { quantityWords } from '../../domain/money/quantity-words.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { type ListPrice, listPrice } from '../../domain/record/list-price.ts';
import { sameChangeSec } from '../../domain/record/same-change.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { daySec } from '../../domain/time.ts';
import { defineDetector } from '../define.ts';
import {
  type Example,
  type Examples,
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  exampleUsageInvoice,
  monthAtSec,
} from '../examples/example-events.ts';
import { remediationSteps } from '../finding/remediation-steps.ts';
import { wrongAmountSeverity } from '../finding/wrong-amount-severity.ts';
import { withUnexplained } from './unexplained.ts';

export const priceDrift = defineDetector({
  id: 'price-drift',
  question: 'Does this invoice bill the price of the subscription?',
  certainty: 'contradiction',
  nextSteps: [
    'Open the invoice in Stripe and compare the line with the price of its subscription.',
    {
      upcoming: 'Correct the subscription before it renews.',
      draft: 'Turn off automatic collection (auto_advance), then correct the line before it is finalised.',
      open: 'Void it and bill again, or issue a credit note, before the customer pays.',
      paid: 'Issue a credit note and refund the difference, or bill what is missing.',
      uncollectible: remediationSteps.uncollectible,
    },
    'Look for what edited the line: an integration, an import, a person.',
  ],
  blindSpots: [
    'Customers without a subscription event so far: their prices are not known.',
    'Tiers, packages (transform_quantity), and seats at fractions of a cent.',
    'Other currencies than the price’s first one: the events do not hold those amounts.',
    'Another price than it should be: a Stripe price of its own is someone’s choice, and its event may be under way.',
    'The number of seats: see amount-spike.',
  ],
  on: ['invoice_upcoming', 'invoice_drafted', 'invoice_updated', 'invoice_finalized'],
  yieldsTo: ['invoice-arithmetic/line-amounts'],
  judge(event, record) {
    const { invoice } = event;
    if (!canStillMatter(event)) return [];
    const [worst] = driftedLines(invoice, record).sort((a, b) => apartMinor(b) - apartMinor(a));
    return worst === undefined ? [] : [judgement(event, worst)];
  },
});

interface DriftedLine {
  readonly line: InvoiceLine;
  readonly price: ListPrice;
}

function driftedLines(invoice: Invoice, record: CustomerRecord): DriftedLine[] {
  return invoice.lines.flatMap((line) => {
    const price = listPrice(line, invoice.currency, record);
    return price !== undefined &&
      isDrifted(line, price, minorStep(invoice.currency)) &&
      wasSoThen(line, invoice, record)
      ? [{ line, price }]
      : [];
  });
}

/** Rounding is to blame for one step. A line of nothing (a trial) or less has its own questions. */
function isDrifted({ amountMinor }: InvoiceLine, price: ListPrice, stepMinor: number): boolean {
  if (amountMinor <= 0) return false;
  return amountMinor > price.mostMinor + stepMinor || amountMinor < price.leastMinor - stepMinor;
}

/** A subscription may have moved since to a new plan of the same name: then it says nothing about earlier bills. */
function wasSoThen(line: InvoiceLine, invoice: Invoice, { subscriptions }: CustomerRecord): boolean {
  if (line.price !== null && isListed(line.price)) return true;
  const latest = subscriptions.get(seriesKey.item(line.subscriptionItem ?? '', 'price'))?.at(-1);
  if (latest === undefined) return false;
  return latest.atSec + Math.floor(latest.revision / 2) <= invoice.createdAtSec + sameChangeSec;
}

function apartMinor({ line, price }: DriftedLine): number {
  return Math.abs(line.amountMinor - price.wholeMinor);
}

function judgement(event: InvoiceEvent, drifted: DriftedLine): Judgement {
  const { invoice } = event;
  const { line, price } = drifted;
  const money = moneyState(invoice);
  const [actual, expected] = [line.amountMinor, price.wholeMinor].map((minor) =>
    formatMoney(minor, invoice.currency),
  );
  const unit = formatUnitPrice(price.unitMinor, invoice.currency);
  const quantity = quantityWords(price.quantity);
  const name = line.description ?? line.id;
  return {
    about: invoice.id,
    cause: `price:${line.price}`,
    causeName: productName(line.description),
    ...wrongAmountSeverity(apartMinor(drifted), money),
    summary:
      `${invoiceLabel(invoice)} to ${customerLabel(event)} charges ${actual} for "${name}", but its price is ` +
      `${unit}, which makes ${expected} for ${quantity}.`,
    headline: `line of ${actual}, by its price ${expected}`,
    measure: { kind: 'money', currency: invoice.currency, what: 'amount of a subscription line' },
    actual: line.amountMinor,
    expected: { low: price.wholeMinor, high: price.wholeMinor },
    boundary: null,
    rule:
      'A subscription line of a whole period, or of usage, is the price that it names times the quantity, and a ' +
      'shorter period is no less than its share. The price is as its subscription says; in Stripe it can not change.',
    history: { count: 0, points: [] },
    breakdown: withUnexplained(
      [{ label: `${quantity} × ${unit}: ${name}`, amountMinor: price.wholeMinor }],
      line.amountMinor,
    ),
    atStakeMinor: apartMinor(drifted),
    money,
  };
}

function example(name: string, amountMinor: number, changes: Partial<InvoiceLine> = {}): Example {
  return {
    name,
    history: [exampleSubscription(0)],
    event: exampleInvoice(1, amountMinor, { lines: [exampleLine(1, amountMinor, changes)] }),
  };
}

/** Usage whose price is half a cent. */
function usageExample(
  name: string,
  amountMinor: number,
  quantity: number,
  changes: Partial<SubscriptionItem> = {},
): Example {
  const price = { price: 'price_calls', unitAmountMinor: '0.5', metered: true, quantity: null, ...changes };
  const [line = exampleLine(1, 0)] = exampleUsageInvoice(1, quantity).invoice.lines;
  return {
    name,
    history: [exampleSubscription(0, price)],
    event: exampleInvoice(1, amountMinor, { lines: [{ ...line, amountMinor }] }),
  };
}

export const examples: Examples = () => ({
  fires: [
    example('the same price at ten times its amount', 410_000),
    example('an amount that is not the price times the quantity', 61_500, { unitAmountMinor: '41000' }),
    example('half the price for a whole period', 20_500),
    usageExample('usage at ten times its price', 50_000, 10_000),
    usageExample('usage at a tenth of its price', 500, 10_000),
    {
      name: 'a plan that its merchant named, at ten times its amount',
      history: [exampleSubscription(0, { price: 'тариф' })],
      event: exampleInvoice(1, 410_000, { lines: [exampleLine(1, 410_000, { price: 'тариф' })] }),
    },
    {
      ...example('another amount, while a schedule may change the price', 410_000),
      history: [
        {
          ...exampleSubscription(0),
          subscription: { ...exampleSubscription(0).subscription, isChanging: true },
        },
      ],
    },
  ],
  quiet: [
    example('the price', 41_000),
    example('more seats, whose subscription event is still under way', 123_000, { quantity: '3' }),
    example('another plan, whose subscription event is still under way', 410_000, { price: 'price_max' }),
    example('the first period, which is shorter', 20_500, { periodEndSec: monthAtSec(1) + 15 * daySec }),
    example('three months billed ahead', 123_000, { periodEndSec: monthAtSec(4) }),
    example('a proration', 98_000, { proration: true }),
    example('a free trial', 0, { unitAmountMinor: '0' }),
    {
      name: 'a price in several currencies, of which events hold the first',
      history: [exampleSubscription(0)],
      event: exampleInvoice(1, 38_000, { currency: 'eur' }),
    },
    {
      name: 'a plan that its merchant named, deleted and created again with another amount for new subscribers',
      history: [
        exampleSubscription(0, { price: 'gold' }),
        exampleSubscription(0, { id: 'si_2', price: 'gold', unitAmountMinor: '82000' }),
      ],
      event: exampleInvoice(1, 41_000, { lines: [exampleLine(1, 41_000, { price: 'gold' })] }),
    },
    {
      name: 'tiers',
      history: [exampleSubscription(0, { pricing: 'not_per_unit', unitAmountMinor: null })],
      event: exampleInvoice(1, 61_500),
    },
    {
      name: 'a bill from before the subscription moved to a plan of the same name that was created again',
      history: [
        exampleSubscription(0, { price: 'gold' }),
        exampleSubscription(2, { price: 'gold', unitAmountMinor: '82000' }),
      ],
      event: exampleInvoice(1, 41_000, { lines: [exampleLine(1, 41_000, { price: 'gold' })] }),
    },
    usageExample('usage at its price, in fractions of a cent', 5_001, 10_001),
    usageExample('free usage in a trial', 0, 10_000),
    usageExample('usage by packages', 500, 10_000, { pricing: 'not_per_unit' }),
    { name: 'an unknown price', history: [], event: exampleInvoice(1, 410_000) },
  ],
});
