import type { Invoice, InvoiceEvent, InvoiceLine } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import { priceHash } from '../../domain/events/price-hash.ts';
import { productName } from '../../domain/events/product-name.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney, formatUnitPrice } from '../../domain/money/money.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { replacedPrices } from '../../domain/record/replaced-prices.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { daySec } from '../../domain/time.ts';
import { amountsBefore } from '../baseline/comparable-amounts.ts';
import type { Context } from '../context.ts';
import {
  type Examples,
  exampleInvoice,
  exampleLine,
  exampleSubscription,
  monthAtSec,
} from '../examples/example-events.ts';
import { hasDigits, shiftFactor, shiftSeverity } from './decimal-factor.ts';

/** A price that has the digits of another one that this customer had, and what is asked of it. */
interface Shift {
  readonly line: InvoiceLine;
  readonly unitMinor: number;
  readonly beforeMinor: number;
}

const notBefore = 2; // times what any bill came to so far: what was billed as much before continues
const dayTolerance = 3; // months have 28 to 31 days

/**
 * What decimal-shift says of a renewal at another price than before, when the two have the same digits. It needs one
 * bill and no more: a subscription names its prices. Prices that other customers pay are believed.
 */
export function shiftedPrice(
  event: InvoiceEvent,
  record: CustomerRecord,
  { calibration, settings }: Context,
): Judgement | undefined {
  const { invoice } = event;
  const { currency, amountDueMinor } = invoice;
  if (!canStillMatter(event)) return;
  const shift = invoice.lines
    .flatMap((line) => shiftOf(line, invoice, record) ?? [])
    .find(({ line }) => line.price !== null && !calibration.prices.includes(objectHash(line.price)));
  if (shift === undefined) return;
  const { line, unitMinor, beforeMinor } = shift;
  const grossMinor = invoice.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const overMinor = line.amountMinor * (1 - beforeMinor / unitMinor);
  const atStakeMinor = Math.round((overMinor / grossMinor) * amountDueMinor); // with its taxes and discounts
  if (!(grossMinor > 0 && atStakeMinor >= approximateUsd(settings.leastAtStakeDollars, currency))) return;
  const earlier = amountsBefore(event, record, 1);
  if (earlier.length === 0 || earlier.some(({ value }) => value * notBefore >= amountDueMinor)) return;
  const typicalMinor = amountDueMinor - atStakeMinor;
  const name = productName(line.description) ?? line.id;
  const [now, before] = [unitMinor, beforeMinor].map((minor) => formatUnitPrice(minor, currency));
  const times = `exactly ${unitMinor / beforeMinor} times`;
  return {
    about: invoice.id,
    cause: `shifted_price:${line.price}`,
    causeName: productName(line.description),
    severity: shiftSeverity(atStakeMinor, currency, true),
    severityReason: `${formatMoney(atStakeMinor, currency)} too much when it is a mistake.`,
    summary: `${invoiceLabel(invoice)} to ${customerLabel(event)} bills “${name}” at ${now}, ${times} the ${before} of the price before.`,
    headline: `billed “${name}” at ${now}, ${times} the price before`,
    basis: 'a price with the same digits of the one before, which few others pay, is hardly chance',
    measure: { kind: 'money', currency, what: 'amount due' },
    actual: amountDueMinor,
    typical: typicalMinor,
    expected: { low: typicalMinor, high: typicalMinor },
    boundary: null,
    rule:
      'A renewal is flagged when its price has the digits of another price that this customer had, with the decimal ' +
      `point elsewhere, when few others pay it, and the bill is more than ${notBefore} times any before.`,
    history: { count: 0, points: [] },
    breakdown: null,
    atStakeMinor,
    money: moneyState(invoice),
  };
}

/** Looks upwards only: downwards is how a mistake is corrected. */
function shiftOf(
  line: InvoiceLine,
  { currency, subscription }: Invoice,
  record: CustomerRecord,
): Shift | undefined {
  const { price, proration, subscriptionItem, metered } = line;
  if (price === null || subscriptionItem === null || proration !== false || metered) return;
  const own = priceHash(price, subscriptionItem);
  const factOf = (key: string) => record.subscriptions.get(key)?.at(-1)?.value;
  const unitMinor = factOf(seriesKey.unit(own, currency)) ?? Number(line.unitAmountMinor ?? Number.NaN);
  if (!Number.isSafeInteger(unitMinor) || unitMinor <= 0 || line.amountMinor <= 0) return;
  const lineDays = (line.periodEndSec - line.periodStartSec) / daySec;
  const before = replacedPrices(record, currency).find((other) => {
    const days = factOf(seriesKey.days(other.price));
    return (
      other.subscription === objectHash(subscription ?? '') &&
      other.price !== own &&
      days !== undefined &&
      Math.abs(days - lineDays) <= dayTolerance
    );
  });
  if (before === undefined || unitMinor <= before.unitMinor || !hasDigits(before.unitMinor)) return;
  const factor = shiftFactor(before.unitMinor, unitMinor, currency);
  return factor !== undefined && factor > 10 // a plan at ten times another is no chance
    ? { line, unitMinor, beforeMinor: before.unitMinor }
    : undefined;
}

export const shiftedPriceExamples: Examples = () => {
  const plan = (month: number, unitAmountMinor: string, price = 'price_cents') =>
    exampleSubscription(month, { price, unitAmountMinor });
  const bill = (month: number, amountMinor: number, price = 'price_cents') =>
    exampleInvoice(month, amountMinor, { lines: [exampleLine(month, amountMinor, { price })] });
  const renewed = [plan(0, '2900', 'price_pro'), bill(0, 2_900, 'price_pro')];
  return {
    fires: [
      {
        name: 'a second bill at a new price, of dollars that were taken for cents',
        history: [...renewed, plan(0.5, '290000'), plan(1, '290000')],
        event: bill(1, 290_000),
      },
    ],
    quiet: [
      {
        name: 'a higher price of other digits',
        history: [...renewed, plan(0.5, '290100'), plan(1, '290100')],
        event: bill(1, 290_100),
      },
      {
        name: 'a plan of $500 after one of $5: one digit is no evidence',
        history: [
          plan(0, '500', 'price_pro'),
          bill(0, 500, 'price_pro'),
          plan(0.5, '50000'),
          plan(1, '50000'),
        ],
        event: bill(1, 50_000),
      },
      {
        name: 'the right price again, after a bill at the wrong one',
        history: [plan(0, '290000'), bill(0, 290_000), plan(0.5, '2900', 'price_pro')],
        event: bill(1, 2_900, 'price_pro'),
      },
      {
        name: 'the next bill at the price that was reported',
        history: [...renewed, plan(0.5, '290000'), plan(1, '290000'), bill(1, 290_000), plan(2, '290000')],
        event: bill(2, 290_000),
      },
      {
        name: 'the first bill of a fee and of seats at a hundredth of it',
        history: [
          plan(0, '1900', 'price_seat'),
          exampleSubscription(0, { id: 'si_fee', price: 'price_cents', unitAmountMinor: '190000' }),
        ],
        event: bill(0, 190_000),
      },
      {
        name: 'a hundredfold price of another subscription',
        history: [
          ...renewed,
          exampleSubscription(0.5, { id: 'si_2', price: 'price_cents', unitAmountMinor: '290000' }),
        ],
        event: exampleInvoice(1, 290_000, {
          subscription: 'sub_2',
          lines: [exampleLine(1, 290_000, { price: 'price_cents', subscriptionItem: 'si_2' })],
        }),
      },
      {
        name: 'a hundredfold price for a year, after one for a month',
        history: [
          ...renewed,
          exampleSubscription(1, { price: 'price_cents', unitAmountMinor: '290000', intervalDays: 366 }),
        ],
        event: exampleInvoice(1, 290_000, {
          lines: [exampleLine(1, 290_000, { price: 'price_cents', periodEndSec: monthAtSec(13) })],
        }),
      },
    ],
  };
};
