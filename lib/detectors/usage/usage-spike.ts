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
import type { Observation, Series } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { type Usage, usageByPrice } from '../../domain/record/usage.ts';
import { type CalibratedThreshold, calibratedThreshold } from '../baseline/calibrated-threshold.ts';
import { countedIn, type ExpectedRange, expectedRange } from '../baseline/expected-range.ts';
import { isInAlertedRange, lastAlerted, silentBelow } from '../baseline/ongoing-condition.ts';
import { sigmasWords } from '../baseline/sigmas-words.ts';
import { usageWarmUp as warmUp } from '../baseline/usage-warm-up.ts';
import type { Context } from '../context.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleUsageInvoice, monthly } from '../examples/example-events.ts';
import { changesNearby } from '../finding/changes-nearby.ts';
import { spikeSeverity } from '../finding/spike-severity.ts';
import { usageRemediationSteps } from './usage-remediation-steps.ts';

const sigmas = 4; //       robust standard deviations on the log scale, or more where the account's meters ask for it
const digit = 8; //        times the largest quantity a day: one digit too many, however wild the account’s meters are
const headroom = 1.25; //  times the largest usual quantity a day so far

export const usageSpike = defineDetector({
  id: 'usage-spike',
  question: 'Is this far more usage a day than this customer usually has?',
  certainty: 'unusual',
  admits: true,
  nextSteps: [
    'Ask the team that reports usage whether events were sent more than once: an exact double is a retry without an idempotency key.',
    usageRemediationSteps,
    'If it is real, inform the customer before the invoice arrives.',
  ],
  blindSpots: [
    'Usage that is not on an invoice yet: Stripe’s meters send no event in the middle of a period.',
    'Invoices of more than ten lines: Stripe’s events hold ten, so the quantity is not known.',
    'A double count of a meter that varies by as much from period to period.',
    'The first billed period of a price; the first four, while the account does not know how its meters vary.',
    'A double count that continues: it is reported once, and when it grows.',
    'Usage that is too low: see usage-drop.',
  ],
  on: ['invoice_upcoming', 'invoice_drafted', 'invoice_updated', 'invoice_finalized'],
  judge: (event, record, context) =>
    canStillMatter(event)
      ? usageByPrice(event.invoice).flatMap((usage) => judgeUsage(event, usage, record, context))
      : [],
});

const asBilled = (perDayMilli: number): number => perDayMilli / 1000;

function judgeUsage(
  event: InvoiceEvent,
  usage: Usage,
  record: CustomerRecord,
  { calibration, settings }: Context,
): readonly Judgement[] {
  const { invoice } = event;
  const object = { atSec: invoice.createdAtSec, hash: objectHash(invoice.id) };
  const series = historyBefore(record, 'invoices', seriesKey.usage(usage.price), object);
  const known = calibratedThreshold(calibration.usage, '', settings);
  const floorMinor = approximateUsd(settings.leastAtStakeDollars, invoice.currency);
  const minorPerMilli = usage.amountMinor / usage.perDayMilli;
  const usual = usualUsage(series, known, floorMinor / minorPerMilli);
  if (usual === undefined || !(usage.perDayMilli > usual.boundary)) return [];
  const boundaryOf = (past: Series) => usualUsage(past, known, floorMinor / minorPerMilli)?.boundary;
  const counted = countedIn(series);
  const alerted = wasCharged(counted.at(-1), usage, record)
    ? lastAlerted(counted, headroom, boundaryOf)
    : undefined;
  if (alerted && isInAlertedRange(usage.perDayMilli, alerted)) return [];
  const silent = silentBelow(usual.boundary, usage.perDayMilli, alerted);
  const atStakeMinor = Math.round((usage.perDayMilli - usual.typical) * minorPerMilli);
  const perDay = (perDayMilli: number): string => `${quantityWords(asBilled(perDayMilli))} a day`;
  return [
    {
      about: `${invoice.id} ${usage.price}`,
      cause: `meter:${usage.price}`,
      causeName: usage.description,
      ...spikeSeverity(usage.perDayMilli / usual.typical, atStakeMinor, invoice.currency),
      summary:
        `${invoiceLabel(invoice)} to ${customerLabel(event)} counts ${perDay(usage.perDayMilli)} of ` +
        `"${usage.description}"; usually it is about ${perDay(usual.typical)}.`,
      measure: { kind: 'quantity', unit: 'a day', what: `daily usage of "${usage.description}"` },
      actual: asBilled(usage.perDayMilli),
      typical: asBilled(usual.typical),
      expected: { low: asBilled(usual.low), high: asBilled(usual.high) },
      boundary: asBilled(silent.boundary),
      ...(silent.farBoundary !== undefined && { farBoundary: asBilled(silent.farBoundary) }),
      rule:
        (usual.isDigit
          ? `Usage is flagged when it is more than ${digit} times the largest of the customer's billed periods, and puts `
          : `Usage is flagged when it is beyond the usual variation of the customer's last ${usual.count} billed periods ` +
            `(${sigmasWords(usual)}), more than ${headroom} times the largest usual one, and puts `) +
        `at least ${formatMoney(floorMinor, invoice.currency)} at stake.`,
      history: {
        count: usual.history.count,
        points: usual.history.points.map((point) => ({ ...point, value: asBilled(point.value) })),
      },
      breakdown: null,
      nearby: changesNearby(event, record),
      atStakeMinor,
      money: moneyState(invoice),
    },
  ];
}

/** Whether it was billed: usage that stayed within a free tier was never reported. */
function wasCharged(last: Observation | undefined, { price }: Usage, { invoices }: CustomerRecord): boolean {
  return invoices.get(seriesKey.dearest(price))?.some(({ hash }) => hash === last?.hash) ?? false;
}

interface UsualUsage extends ExpectedRange {
  /** The largest silent usage. */
  readonly boundary: number;
  /** The account's meters are so wild that a digit too many decides. */
  readonly isDigit: boolean;
}

/** @param leastMilli so much above the typical usage is worth a minute */
function usualUsage(
  series: Series,
  known: CalibratedThreshold | undefined,
  leastMilli: number,
): UsualUsage | undefined {
  const usual = expectedRange(series, { sigmas, warmUp, headroom }, known);
  if (usual === undefined) return undefined;
  const values = countedIn(series).map(({ value }) => value);
  const most = values.length < warmUp ? Number.POSITIVE_INFINITY : digit * Math.max(...values);
  const high = Math.min(usual.high, most);
  const boundary = Math.floor(Math.max(high, usual.typical + leastMilli));
  return { ...usual, high, boundary, isDigit: most < usual.high };
}

const calls = [100_000, 108_000, 97_000, 111_000, 104_000, 99_000];

export const examples: Examples = () => ({
  fires: [
    {
      name: 'usage counted four times',
      history: monthly(exampleUsageInvoice, calls),
      event: exampleUsageInvoice(6, 420_000),
    },
  ],
  quiet: [
    {
      name: 'a launch that was reported the month before, and continues',
      history: monthly(exampleUsageInvoice, [...calls, 420_000]),
      event: exampleUsageInvoice(7, 380_000),
    },
    {
      name: 'a month like the others',
      history: monthly(exampleUsageInvoice, calls),
      event: exampleUsageInvoice(6, 115_000),
    },
    {
      name: 'a good month',
      history: monthly(exampleUsageInvoice, calls),
      event: exampleUsageInvoice(6, 160_000),
    },
    {
      name: 'too little history',
      history: monthly(exampleUsageInvoice, calls.slice(0, 3)),
      event: exampleUsageInvoice(3, 420_000),
    },
    {
      name: 'a part of the lines: the usage is not known',
      history: monthly(exampleUsageInvoice, calls),
      event: {
        ...exampleUsageInvoice(6, 420_000),
        invoice: { ...exampleUsageInvoice(6, 420_000).invoice, linesComplete: false },
      },
    },
  ],
});
