import type { Invoice, InvoiceEvent } from '../../domain/events/billing-event.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import { objectHash } from '../../domain/events/object-hash.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { quantityWords } from '../../domain/money/quantity-words.ts';
import { type CustomerRecord, historyBefore } from '../../domain/record/customer-record.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { type Usage, usageByPrice } from '../../domain/record/usage.ts';
import { type ExpectedRange, expectedRange } from '../baseline/expected-range.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleUsageInvoice } from '../examples/example-events.ts';
import { stakeSeverity } from '../finding/stake-severity.ts';
import type { Settings } from '../settings.ts';

const depth = 5; //        times below the smallest usual quantity a day so far: beyond seasons and holidays
const runs = 0.5; //       of its usual quantity, or more: another price that continues as before
const knobs = { sigmas: 4, warmUp: 4, headroom: 1 }; // of the usual range, as usage-spike has it

export const usageDrop = defineDetector({
  id: 'usage-drop',
  question: 'Has a customer’s usage of one thing stopped, while the rest continues?',
  certainty: 'unusual',
  admits: true,
  basis: 'a meter seldom stops while others continue',
  nextSteps: [
    'Ask the team that reports usage whether this meter’s events still arrive: look at the meter in Stripe, and at its errors.',
    'If they were lost, report them with their own timestamps, and bill them: Stripe takes usage of the past 35 days.',
    'If the customer has stopped using it, nothing is wrong.',
  ],
  blindSpots: [
    'Customers with one metered price, or whose prices all stop: that looks like a customer who leaves.',
    'Usage that has been nothing, or nearly, in one of the last 24 billed periods.',
    'Drafts: Stripe counts usage until the invoice is finalised.',
  ],
  on: ['invoice_finalized'],
  judge(event, record, { settings }) {
    const usages = usageByPrice(event.invoice);
    if (usages.length < 2) return []; // no other continues
    const metered = usages.map((usage) => withPast(usage, event.invoice, record));
    const stopped = metered.flatMap((one) => {
      const sibling = metered.find((other) => other !== one && goesOn(other));
      return (sibling && judgeUsage(event, one, sibling, settings)) ?? [];
    });
    // One broken pipeline may feed several meters: the largest stands for all.
    return stopped.sort((a, b) => (b.atStakeMinor ?? 0) - (a.atStakeMinor ?? 0)).slice(0, 1);
  },
});

interface MeteredPast {
  readonly usage: Usage;
  readonly usual: ExpectedRange | undefined;
  /** Thousandths of a unit a day, oldest first. */
  readonly earlier: readonly number[];
}

function withPast(usage: Usage, invoice: Invoice, record: CustomerRecord): MeteredPast {
  const object = { atSec: invoice.createdAtSec, hash: objectHash(invoice.id) };
  const series = historyBefore(record, 'invoices', seriesKey.usage(usage.price), object).filter(isCountable);
  return { usage, usual: expectedRange(series, knobs), earlier: series.map(({ value }) => value) };
}

/** A quantity that never changes is a fee, and says nothing of what the customer does. */
function goesOn({ usage, usual, earlier }: MeteredPast): boolean {
  return usual !== undefined && new Set(earlier).size > 1 && usage.perDayMilli >= usual.typical * runs;
}

function judgeUsage(
  event: InvoiceEvent,
  { usage, usual, earlier }: MeteredPast,
  sibling: MeteredPast,
  { leastAtStakeDollars }: Settings,
) {
  if (usual === undefined) return;
  const { invoice } = event;
  const unitMinor = unitMinorOf(invoice, usage.price);
  const minorPerMilli = unitMinor === null ? null : (unitMinor * usage.days) / 1000;
  const floorMilli =
    minorPerMilli === null ? 0 : approximateUsd(leastAtStakeDollars, invoice.currency) / minorPerMilli;
  const boundary = Math.floor(
    Math.min(usual.low, Math.min(...earlier) / depth, usual.typical - floorMilli + 1),
  );
  if (usage.perDayMilli >= boundary) return;
  const atStakeMinor =
    minorPerMilli === null ? null : Math.round((usual.typical - usage.perDayMilli) * minorPerMilli);
  const perDay = (milli: number): string => `${quantityWords(milli / 1000)} a day`;
  const stake = atStakeMinor === null ? 'Usage' : `About ${formatMoney(atStakeMinor, invoice.currency)}`;
  return {
    about: invoice.id,
    cause: `meter:${usage.price}`,
    causeName: usage.description,
    severity: atStakeMinor === null ? 'medium' : stakeSeverity(atStakeMinor, invoice.currency),
    severityReason: `${stake} may be missing from this bill.`,
    summary:
      `${invoiceLabel(invoice)} to ${customerLabel(event)} counts ${perDay(usage.perDayMilli)} of ` +
      `"${usage.description}"; usually it is about ${perDay(usual.typical)}, and "${sibling.usage.description}" continues.`,
    measure: { kind: 'quantity', unit: 'a day', what: `daily usage of "${usage.description}"` },
    actual: usage.perDayMilli / 1000,
    typical: usual.typical / 1000,
    expected: { low: boundary / 1000, high: usual.high / 1000 },
    boundary: boundary / 1000,
    rule:
      `Usage is flagged when it is below the usual variation of the customer's last ${usual.count} billed periods ` +
      `(${knobs.sigmas} robust standard deviations, log scale) and less than a ${depth}th of the smallest, while ` +
      `another metered price of the customer is at ${runs * 100}% of its usual quantity or more.`,
    history: {
      count: usual.history.count,
      points: usual.history.points.map((point) => ({ ...point, value: point.value / 1000 })),
    },
    breakdown: null,
    atStakeMinor,
    money: moneyState(invoice),
  } satisfies Judgement;
}

/** What one more unit costs; null of tiers, where that depends. */
function unitMinorOf({ lines }: Invoice, price: string): number | null {
  const units = new Set(lines.filter((line) => line.price === price).map((line) => line.unitAmountMinor));
  const [unit = null] = units;
  return unit === null || units.size > 1 ? null : Number(unit);
}

/** Two metered prices: calls at two cents, and storage. */
function twoMeters(month: number, calls: number, storage: number): InvoiceEvent {
  const both = [calls, storage].flatMap((quantity) => exampleUsageInvoice(month, quantity).invoice.lines);
  const lines = both.map((line, index) =>
    index === 0 ? line : { ...line, id: 'il_storage', price: 'price_storage', description: 'Storage' },
  );
  const event = exampleUsageInvoice(month, calls + storage);
  const invoice = { ...event.invoice, lines, status: 'open' as const };
  return { ...event, id: `evt_final_${month}`, kind: 'invoice_finalized', invoice };
}

const past = [100_000, 108_000, 97_000, 111_000, 104_000].map((calls, month) =>
  twoMeters(month, calls, 5_000 + month * 100),
);

export const examples: Examples = () => ({
  fires: [
    {
      name: 'a meter that counts nothing, while another continues',
      history: past,
      event: twoMeters(5, 0, 5_300),
    },
    { name: 'a meter that lost nearly all', history: past, event: twoMeters(5, 2_000, 5_300) },
  ],
  quiet: [
    { name: 'a weak month', history: past, event: twoMeters(5, 30_000, 5_300) },
    { name: 'a customer who stops all of it', history: past, event: twoMeters(5, 0, 0) },
    {
      name: 'the second month of nothing',
      history: [...past, twoMeters(5, 0, 5_300)],
      event: twoMeters(6, 0, 5_500),
    },
    {
      name: 'a draft, whose usage is still counted',
      history: past,
      event: { ...twoMeters(5, 0, 5_300), kind: 'invoice_drafted' },
    },
    {
      name: 'the only meter, next to a fee',
      history: [100_000, 108_000, 97_000, 111_000].map((calls, month) => twoMeters(month, calls, 1)),
      event: twoMeters(4, 0, 1),
    },
    { name: 'too little history', history: past.slice(0, 3), event: twoMeters(3, 0, 5_300) },
    {
      name: 'a few cents',
      history: [100, 108, 97, 111].map((calls, month) => twoMeters(month, calls, 5_000 + month * 100)),
      event: twoMeters(4, 0, 5_300),
    },
  ],
});
