import type { InvoiceEvent } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
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
import { median } from '../../stats/median.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleInvoice, exampleUsageInvoice, monthly } from '../examples/example-events.ts';
import { spikeSeverity } from '../finding/spike-severity.ts';
import type { Settings } from '../settings.ts';
import { usageRemediationSteps } from './usage-remediation-steps.ts';

const multiple = 2; //     each event sent twice, by a retry without an idempotency key; above, usage-spike reports
const warmUp = 5; //       billed periods, so four changes from one to the next
const clearer = 5; //      times the customer's largest step away from the usual growth: then a double is no chance
const present = 4; //      periods that are the present level

export const usageMultiple = defineDetector({
  id: 'usage-multiple',
  question: 'Is this exactly twice what the steady usage of this customer leads to?',
  certainty: 'unusual',
  admits: true,
  basis: 'exactly twice what steady usage leads to is seldom chance',
  nextSteps: [
    'Ask the team that reports usage whether events were sent more than once: a retry without an idempotency key counts each twice.',
    usageRemediationSteps,
    'If it is real, inform the customer before the invoice arrives.',
  ],
  blindSpots: [
    'Customers whose usage strays from its usual growth by more than about 15% in a period: twice as much may be theirs.',
    'The first five billed periods of a price.',
    'Usage that is the same in most periods, such as a fee or seats: twice of it may have been bought.',
    'Twice the usage in a part of the period only.',
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized'],
  yieldsTo: ['usage-spike'],
  judge(event, record, context) {
    if (!canStillMatter(event)) return [];
    return usageByPrice(event.invoice).flatMap(
      (usage) => judgeUsage(event, usage, record, context.settings) ?? [],
    );
  },
});

function judgeUsage(
  event: InvoiceEvent,
  usage: Usage,
  record: CustomerRecord,
  { leastAtStakeDollars }: Settings,
): Judgement | undefined {
  const { invoice } = event;
  const { currency } = invoice;
  const object = { atSec: invoice.createdAtSec, hash: objectHash(invoice.id) };
  const earlier = historyBefore(record, 'invoices', seriesKey.usage(usage.price), object).filter(isCountable);
  if (earlier.length < warmUp) return;
  const trend = trendOf(earlier.map(({ value }) => Math.log(value)));
  if (trend === undefined || trend.largestStray * clearer > Math.log(multiple)) return;
  const typical = Math.round(Math.exp(trend.next));
  const minorPerMilli = usage.amountMinor / usage.perDayMilli;
  const worthAMinute = typical + approximateUsd(leastAtStakeDollars, currency) / minorPerMilli;
  const least = Math.max(
    Math.floor(typical * multiple * Math.exp(-trend.largestStray)),
    Math.ceil(worthAMinute) - 1,
  );
  const most = Math.ceil(typical * multiple * Math.exp(trend.largestStray));
  if (!(usage.perDayMilli > least && usage.perDayMilli <= most)) return;
  const atStakeMinor = Math.round((usage.perDayMilli - typical) * minorPerMilli);
  const perDay = (milli: number): string => `${quantityWords(milli / 1000)} a day`;
  const usual = [typical / 1000, ...earlier.map(({ value }) => value / 1000)];
  const shown = earlier.map(({ atSec, value }) => ({ atSec, value: value / 1000, usual: true }));
  return {
    about: `${invoice.id} ${usage.price}`,
    cause: `meter:${usage.price}`,
    causeName: usage.description,
    ...spikeSeverity(usage.perDayMilli / typical, atStakeMinor, currency, 'what it was heading for'),
    summary:
      `${invoiceLabel(invoice)} to ${customerLabel(event)} counts ${perDay(usage.perDayMilli)} of ` +
      `"${usage.description}", twice the ${perDay(typical)} that it was heading for: it may have been reported twice.`,
    headline: `twice the usual usage, ${perDay(usage.perDayMilli)}`,
    measure: { kind: 'quantity', unit: 'a day', what: `daily usage of "${usage.description}"` },
    actual: usage.perDayMilli / 1000,
    typical: typical / 1000,
    expected: {
      low: Math.min(...usual),
      high: Math.max(...usual),
    },
    boundary: least / 1000,
    rule:
      `Usage is flagged when it is ${multiple} times what the last ${present} billed periods lead to, with the ` +
      "customer's usual growth from one to the next, give or take the largest step away from that so far " +
      `(${Math.ceil(Math.expm1(trend.largestStray) * 100)}%), which must be ${clearer} times smaller, and at least ${formatMoney(approximateUsd(leastAtStakeDollars, currency), currency)} is at stake.`,
    history: { count: earlier.length, points: shown },
    breakdown: null,
    atStakeMinor,
    money: moneyState(invoice),
  };
}

/** Where a meter that grows or shrinks steadily is going, on the log scale. */
interface Trend {
  /** The next value, by the present level and the usual step. */
  readonly next: number;
  /** The largest step so far away from the usual step. */
  readonly largestStray: number;
}

/** Undefined of what was nothing at times, or the same most of the time. @param logs oldest first, two at least */
function trendOf(logs: readonly number[]): Trend | undefined {
  const steps = logs.slice(1).map((log, index) => log - (logs[index] ?? Number.NaN));
  const usualStep = median(steps);
  const largestStray = Math.max(...steps.map((step) => Math.abs(step - usualStep)));
  const isMeasured = steps.filter((step) => step !== 0).length > steps.length / 2;
  const newest = logs.slice(-present);
  const next = median(newest.map((log, index) => log + usualStep * (newest.length - index)));
  return isMeasured && Number.isFinite(largestStray) ? { next, largestStray } : undefined;
}

const growing = [100_000, 112_000, 124_000, 138_000, 153_000, 171_000]; // by about 11% a month
const steady = [100_000, 101_000, 99_000, 102_000, 100_500, 101_500];
const twoYears = Array.from({ length: 24 }, (_, month) => 100_000 + ((month * 7) % 5) * 500);

export const examples: Examples = () => ({
  fires: [
    {
      name: 'twice the usage of a meter that grows by a tenth a month',
      history: monthly(exampleUsageInvoice, growing),
      event: exampleUsageInvoice(6, 380_000),
    },
    {
      name: 'twice the usage of half a steady year',
      history: monthly(exampleUsageInvoice, steady),
      event: exampleUsageInvoice(6, 201_300),
    },
  ],
  quiet: [
    {
      name: 'a meter that keeps growing',
      history: monthly(exampleUsageInvoice, growing),
      event: exampleUsageInvoice(6, 190_000),
    },
    {
      name: 'a good month, but not twice',
      history: monthly(exampleUsageInvoice, steady),
      event: exampleUsageInvoice(6, 180_000),
    },
    {
      name: 'twice the usage of a customer whose usage varies',
      history: monthly(exampleUsageInvoice, [100_000, 125_000, 99_000, 118_000, 100_500, 121_500]),
      event: exampleUsageInvoice(6, 220_000),
    },
    {
      name: 'twice the usage after two steady years, which usage-spike says',
      history: monthly(exampleUsageInvoice, twoYears),
      event: exampleUsageInvoice(24, 201_000),
    },
    {
      name: 'too little history',
      history: monthly(exampleUsageInvoice, steady.slice(0, 4)),
      event: exampleUsageInvoice(4, 201_300),
    },
    {
      name: 'twice the seats, counted by a meter',
      history: monthly(exampleUsageInvoice, [5_000, 5_000, 5_000, 5_000, 5_000, 5_000]),
      event: exampleUsageInvoice(6, 10_000),
    },
    {
      name: 'a few cents',
      history: monthly((month, calls) => exampleUsageInvoice(month, calls, 0.001), steady),
      event: exampleUsageInvoice(6, 201_300, 0.001),
    },
    {
      name: 'a voided invoice that is edited',
      history: monthly(exampleUsageInvoice, steady),
      event: exampleInvoice(6, 402_600, { ...exampleUsageInvoice(6, 201_300).invoice, status: 'void' }),
    },
  ],
});
