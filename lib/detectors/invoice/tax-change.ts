import type { InvoiceEvent, Tax } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { type EffectiveTax, effectiveTaxes, rateMillionths } from '../../domain/events/effective-rates.ts';
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
import { type Examples, exampleInvoice, monthly } from '../examples/example-events.ts';
import { remediationSteps } from '../finding/remediation-steps.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';

/**
 * How far two uses of one rate may be apart, as a share of the usual. The taxable amount of an inclusive tax is given
 * without the tax or with it: at 27%, the highest VAT there is, that is 21% apart.
 */
const slack = 0.25;
const floorDollars = 0.5; // at stake, about: the least that Stripe charges at all; above what rounding of lines explains

export const taxChange = defineDetector({
  id: 'tax-change',
  question: 'Does a tax rate take another share than it took of this customer before?',
  certainty: 'unusual',
  admits: true,
  basis: 'a tax rate takes the same share each time',
  nextSteps: [
    'Open the invoice in Stripe and compare its tax with the percentage of the tax rate, which never changes.',
    {
      draft: 'Turn off automatic collection (auto_advance), then correct the tax before it is finalised.',
      open: 'Void it and bill again with the right tax before the customer pays: the tax is reported to the state.',
      paid: 'Issue a credit note and a corrected invoice: the tax is reported to the state.',
      uncollectible: remediationSteps.uncollectible,
    },
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized', 'invoice_paid'],
  yieldsTo: ['line-taxes', 'tax-base', 'taxed-once', 'tax-sums'].map((name) => `invoice-arithmetic/${name}`),
  judge: (event, record) => {
    if (!canStillMatter(event) || isOpenDraft(event.invoice)) return [];
    const found = effectiveTaxes(event.invoice).flatMap((tax) => judgeTax(event, tax, record) ?? []);
    if (found.length === 0) return [];
    return found.sort((a, b) => b.atStakeMinor - a.atStakeMinor).slice(0, 1); // one cause, whatever it hit
  },
});

function judgeTax(
  event: InvoiceEvent,
  { rate, inclusive, takenMinor, ofMinor }: EffectiveTax,
  record: CustomerRecord,
): (Judgement & { atStakeMinor: number }) | undefined {
  const { invoice } = event;
  const { currency } = invoice;
  const object = { atSec: invoice.createdAtSec, hash: objectHash(invoice.id) };
  const earlier = historyBefore(record, 'invoices', seriesKey.tax(rate, inclusive), object).filter(
    isCountable,
  );
  const usual = usualMillionths(earlier);
  const thisShare = rateMillionths({ takenMinor, ofMinor });
  if (usual === undefined || wasExpected(earlier, (share) => isAlike(thisShare, share))) return;
  const ofThis = (millionths: number) => Math.round((millionths / 1e6) * ofMinor);
  const typicalMinor = ofThis(usual);
  const slackMinor = Math.max(Math.floor(slack * typicalMinor), approximateUsd(floorDollars, currency));
  const atStakeMinor = Math.abs(takenMinor - typicalMinor);
  if (atStakeMinor <= slackMinor) return;
  const isMore = takenMinor > typicalMinor;
  const money = (minor: number) => formatMoney(minor, currency);
  const percent = (millionths: number) => `${(millionths / 1e4).toFixed(1)}%`;
  return {
    about: invoice.id,
    cause: `tax_rate:${rate}`,
    causeName: percent(usual),
    severity: stakeSeverity(atStakeMinor, currency),
    severityReason: `The customer would pay ${money(atStakeMinor)} ${isMore ? 'too much' : 'too little'} in tax.`,
    summary:
      `${invoiceLabel(invoice)} to ${customerLabel(event)} takes ${money(takenMinor)} of tax on ${money(ofMinor)} ` +
      `(${percent((takenMinor / ofMinor) * 1e6)}); the same tax rate took ${percent(usual)} before.`,
    headline: `tax of ${percent((takenMinor / ofMinor) * 1e6)}, ${percent(usual)} before`,
    measure: { kind: 'money', currency, what: 'tax' },
    actual: takenMinor,
    typical: typicalMinor,
    expected: { low: typicalMinor, high: typicalMinor },
    boundary: isMore ? typicalMinor + slackMinor : typicalMinor - slackMinor,
    farBoundary: isMore ? typicalMinor - slackMinor : typicalMinor + slackMinor,
    rule:
      'A tax is flagged when its share of the taxable amount differs from that of the same tax rate on most of the ' +
      `customer's last ${earlier.length === 1 ? 'invoice' : `${earlier.length} invoices`} by more than ${slack * 100}% of it and by more than ` +
      `${money(approximateUsd(floorDollars, currency))}. The history shows what those shares come to on this invoice.`,
    history: {
      count: earlier.length,
      points: earlier.map(({ atSec, value }) => ({
        atSec,
        value: ofThis(value),
        usual: isAlike(value, usual),
      })),
    },
    breakdown: null,
    atStakeMinor,
    money: moneyState(invoice),
  };
}

/** The share that most of the earlier uses agree on; undefined when they don't: then it is no percentage. */
function usualMillionths(earlier: Series): number | undefined {
  const usual = median(earlier.map(({ value }) => value));
  const alike = earlier.filter(({ value }) => isAlike(value, usual));
  return alike.length > earlier.length / 2 ? usual : undefined;
}

function isAlike(millionths: number, usual: number): boolean {
  return Math.abs(millionths - usual) <= slack * usual;
}

export const examples: Examples = () => {
  const taxed = (month: number, amountMinor: number, changes: Partial<Tax> = {}, taxableMinor = 10_000) =>
    exampleInvoice(month, taxableMinor + amountMinor, {
      subtotalMinor: taxableMinor,
      totalExcludingTaxMinor: null,
      linesComplete: false,
      taxes: [
        {
          amountMinor,
          inclusive: false,
          rate: 'txr_1',
          reason: 'standard_rated',
          taxableMinor,
          percentage: null,
          ...changes,
        },
      ],
    });
  const history = monthly(taxed, [2_000, 2_000, 2_000]);
  return {
    fires: [
      { name: 'a tax at twice its rate', history, event: taxed(3, 4_000) },
      { name: 'a tax at a tenth of its rate', history, event: taxed(3, 200) },
      { name: 'the second use of a rate', history: history.slice(0, 1), event: taxed(3, 4_000) },
      {
        name: 'twice the rate after it was wrong before',
        history: [...history, taxed(3, 4_000)],
        event: taxed(4, 4_000),
      },
    ],
    quiet: [
      { name: 'the usual rate', history, event: taxed(3, 2_000) },
      { name: 'the usual rate of another amount', history, event: taxed(3, 90, {}, 450) },
      {
        name: 'the usual rate after it was wrong',
        history: [...history, taxed(3, 4_000)],
        event: taxed(4, 2_000),
      },
      { name: 'another rate', history, event: taxed(3, 4_000, { rate: 'txr_2' }) },
      { name: 'a new customer', history: [], event: taxed(0, 4_000) },
      { name: 'a reverse charge', history, event: taxed(3, 0, { reason: 'reverse_charge' }) },
      { name: 'a part that is exempt', history, event: taxed(3, 900, { reason: 'portion_product_exempt' }) },
      { name: 'rounding on a few cents', history, event: taxed(3, 1, {}, 2) },
      {
        name: 'a fee, which is no percentage',
        history: [taxed(0, 27, {}, 90), taxed(1, 27, {}, 1_800)],
        event: taxed(2, 427),
      },
      {
        name: 'a taxable amount given with the tax, as other versions of Stripe do',
        history: monthly((month, amount) => taxed(month, amount, { inclusive: true }), [2_700, 2_700]),
        event: taxed(2, 2_700, { inclusive: true }, 12_700),
      },
    ],
  };
};
