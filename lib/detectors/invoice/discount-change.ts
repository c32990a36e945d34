import type { Invoice, InvoiceEvent } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { effectiveDiscount } from '../../domain/events/effective-rates.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { isOpenDraft } from '../../domain/events/is-open-draft.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { type CustomerRecord, historyBefore } from '../../domain/record/customer-record.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import type { Series } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { median } from '../../stats/median.ts';
import { wasExpected } from '../baseline/was-expected.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleInvoice, exampleLine, monthly } from '../examples/example-events.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';

const usually = 0.8; //      of the earlier attached discounts took something: a coupon for some products often takes nothing
const warmUp = 2; //         such discounts; one alone is no custom
const floorDollars = 0.5; // at stake, about: the least that Stripe charges at all

export const discountChange = defineDetector({
  id: 'discount-change',
  question: 'Does a discount take nothing off, though it usually does?',
  certainty: 'unusual',
  admits: true,
  basis: 'this customer’s discounts usually take something off',
  nextSteps: [
    'Open the invoice in Stripe: a discount is attached, but its amount is zero. Compare it with the last invoice.',
    {
      draft:
        'Turn off automatic collection (auto_advance) before it is finalised, then remove the discount and add it again.',
      open: 'Issue a credit note for the discount before the customer pays.',
      paid: 'Issue a credit note for the discount, and refund it, before the customer asks.',
    },
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized', 'invoice_paid'],
  yieldsTo: ['discount-sums', 'total'].map((name) => `invoice-arithmetic/${name}`),
  judge: (event, record) => {
    const { invoice } = event;
    const share = effectiveDiscount(invoice);
    if (share === undefined || share.takenMinor > 0) return [];
    if (!canStillMatter(event) || isOpenDraft(invoice)) return [];
    const earlier = earlierShares(invoice, record);
    if (wasExpected(earlier, (value) => value === 0)) return [];
    const taking = earlier.filter(({ value }) => value > 0);
    if (taking.length < warmUp || taking.length < usually * earlier.length) return [];
    const judgement = judgeMissing(event, share.ofMinor, taking);
    if (judgement.typical < approximateUsd(floorDollars, invoice.currency)) return [];
    return [judgement];
  },
});

/**
 * Shares are the same in any currency, so those of the others count too. But a coupon for a fixed amount takes nothing
 * in another currency than its own: so none count before one took something in this one.
 */
function earlierShares({ id, createdAtSec, currency }: Invoice, record: CustomerRecord): Series {
  const object = { atSec: createdAtSec, hash: objectHash(id) };
  const before = (key: string) => historyBefore(record, 'invoices', key, object).filter(isCountable);
  if (!before(seriesKey.discount(currency)).some(({ value }) => value > 0)) return [];
  const keys = [...record.invoices.keys()].filter((key) => key.startsWith(seriesKey.discount('')));
  return keys.flatMap(before).sort((a, b) => a.atSec - b.atSec);
}

/** @param taking the shares that earlier discounts took, parts per million */
function judgeMissing(event: InvoiceEvent, ofMinor: number, taking: Series): Judgement & { typical: number } {
  const { invoice } = event;
  const { currency } = invoice;
  const ofThis = (millionths: number) => Math.round((millionths / 1e6) * ofMinor);
  const points = taking.map(({ atSec, value }) => ({ atSec, value: ofThis(value), usual: true }));
  const amounts = points.map(({ value }) => value);
  const typicalMinor = Math.round(median(amounts));
  const money = (minor: number) => formatMoney(minor, currency);
  return {
    about: invoice.id,
    severity: stakeSeverity(typicalMinor, currency),
    severityReason: `The customer would pay about ${money(typicalMinor)} too much.`,
    summary:
      `${invoiceLabel(invoice)} to ${customerLabel(event)} has a discount that takes nothing off; ` +
      `usually it would take about ${money(typicalMinor)} off ${money(ofMinor)}.`,
    headline: `discount takes nothing off ${money(ofMinor)}`,
    measure: { kind: 'money', currency, what: 'discount' },
    actual: 0,
    typical: typicalMinor,
    expected: { low: Math.min(...amounts), high: Math.max(...amounts) },
    boundary: null, // a discount that takes too little may be reported by another check
    rule:
      'An invoice is flagged when the discounts attached to it take nothing off, though at least ' +
      `${usually * 100}% of the customer's last discounts did, and about ` +
      `${money(approximateUsd(floorDollars, currency))} or more is missing. The history shows what the shares taken ` +
      'before come to on this invoice.',
    history: { count: points.length, points },
    breakdown: null,
    atStakeMinor: typicalMinor,
    money: moneyState(invoice),
  };
}

export const examples: Examples = () => {
  const attached: Partial<Invoice> = { attachedDiscounts: ['di_1'], subtotalMinor: 10_000 };
  const taking = (month: number, amountMinor: number, currency = 'usd') =>
    exampleInvoice(month, 10_000 - amountMinor, {
      ...attached,
      currency,
      discounts: [{ amountMinor, discount: 'di_1' }],
    });
  const coupon = monthly(taking, [2_000, 2_000, 2_000]);
  const missing = exampleInvoice(3, 10_000, attached);
  return {
    fires: [
      { name: 'a coupon that takes nothing for once', history: coupon, event: missing },
      {
        name: 'a coupon of nearly everything, so that the amount is a spike too',
        history: monthly(taking, [8_000, 8_000, 8_000, 8_000, 8_000]),
        event: exampleInvoice(5, 10_000, attached),
      },
      {
        name: 'a coupon that is listed with nothing',
        history: coupon,
        event: exampleInvoice(3, 10_000, { ...attached, discounts: [{ amountMinor: 0, discount: 'di_1' }] }),
      },
      {
        name: 'a customer of two currencies',
        history: [taking(0, 2_000, 'usd'), taking(1, 2_000, 'eur')],
        event: exampleInvoice(3, 10_000, attached),
      },
      {
        name: 'more lines than Stripe sends',
        history: coupon,
        event: exampleInvoice(3, 10_000, { ...attached, linesComplete: false }),
      },
    ],
    quiet: [
      { name: 'the usual discount', history: coupon, event: taking(3, 2_000) },
      { name: 'a smaller share of a larger invoice', history: coupon, event: taking(3, 500) },
      {
        name: 'a coupon that has ended: it is no longer attached',
        history: coupon,
        event: exampleInvoice(3, 10_000, { subtotalMinor: 10_000 }),
      },
      {
        name: 'a coupon for some products, which took nothing before',
        history: monthly(taking, [2_000, 0, 2_000, 2_000]),
        event: exampleInvoice(4, 10_000, attached),
      },
      {
        name: 'the first in another currency, in which a coupon may take nothing',
        history: coupon,
        event: exampleInvoice(3, 10_000, { ...attached, currency: 'eur' }),
      },
      { name: 'too little history', history: coupon.slice(0, 1), event: missing },
      {
        name: 'a change of plan, whose lines have their discount in them',
        history: coupon,
        event: exampleInvoice(3, 10_000, {
          ...attached,
          lines: [exampleLine(3, 10_000, { proration: true })],
        }),
      },
      {
        name: 'a few cents',
        history: coupon,
        event: exampleInvoice(3, 200, { ...attached, subtotalMinor: 200 }),
      },
    ],
  };
};
