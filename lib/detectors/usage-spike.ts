import type { InvoiceEvent } from '../domain/billing-event.ts';
import { customerLabel } from '../domain/customer-label.ts';
import { type CustomerRecord, historyOf } from '../domain/customer-record.ts';
import type { Judgement } from '../domain/finding.ts';
import { invoiceLabel } from '../domain/invoice-label.ts';
import { seriesKey } from '../domain/learn.ts';
import { formatMoney } from '../domain/money.ts';
import { moneyState } from '../domain/money-state.ts';
import { objectHash } from '../domain/object-hash.ts';
import { quantityWords } from '../domain/quantity-words.ts';
import { roughlyDollars } from '../domain/rough-worth.ts';
import { type Usage, usageByPrice } from '../domain/usage.ts';
import { defineDetector } from './define.ts';
import { type Examples, exampleUsageInvoice, monthly } from './example-events.ts';
import { spikeSeverity } from './spike-severity.ts';
import { usualRange } from './usual-range.ts';

const sigmas = 4; //        robust standard deviations on the log scale
const warmUp = 4; //        billed periods; below this there is too little history to say
const headroom = 1.25; //   times the largest usual quantity a day so far
const floorDollars = 5; //  at stake, about, in any currency

export const usageSpike = defineDetector({
  id: 'usage-spike',
  question: 'Is this far more usage a day than this customer usually has?',
  certainty: 'unusual',
  nextSteps: [
    'Ask the team that reports usage whether events were sent more than once: an exact double is a retry without an idempotency key.',
    'Correct the meter (or the usage records) before the draft is finalised; Stripe then bills the corrected quantity.',
    'If it is real, tell the customer before the invoice does.',
  ],
  on: ['invoice_drafted', 'invoice_updated', 'invoice_finalized'],
  judge: (event, record) => usageByPrice(event.invoice).flatMap((usage) => judgeUsage(event, usage, record)),
});

const asBilled = (perDayMilli: number): number => perDayMilli / 1000;

function judgeUsage(event: InvoiceEvent, usage: Usage, record: CustomerRecord): readonly Judgement[] {
  const { invoice } = event;
  const series = historyOf(record, 'invoices', seriesKey.usage(usage.price), objectHash(invoice.id));
  const usual = usualRange(series, { sigmas, warmUp, headroom });
  if (usual === undefined || usage.perDayMilli <= usual.high) return [];
  const times = usage.perDayMilli / usual.typical;
  const atStakeMinor = Math.round(usage.amountMinor * (1 - 1 / times));
  const floorMinor = roughlyDollars(floorDollars, invoice.currency);
  if (atStakeMinor <= floorMinor) return [];
  return [
    {
      about: `${invoice.id} ${usage.price}`,
      ...spikeSeverity(times, atStakeMinor, invoice.currency),
      summary:
        `${invoiceLabel(event.invoice)} to ${customerLabel(event)} counts ${quantityWords(asBilled(usage.perDayMilli))} a day of ` +
        `"${usage.description}"; usually it is about ${quantityWords(asBilled(usual.typical))} a day.`,
      measure: { kind: 'quantity', unit: 'a day', what: `daily usage of "${usage.description}"` },
      actual: asBilled(usage.perDayMilli),
      typical: asBilled(usual.typical),
      expected: { low: asBilled(usual.low), high: asBilled(usual.high) },
      boundary: asBilled(usual.high),
      rule:
        `Usage is flagged when it is beyond the usual variation of the customer's last ${usual.count} billed periods ` +
        `(${sigmas} robust standard deviations, log scale), more than ${headroom} times the largest usual one, and puts ` +
        `at least ${formatMoney(floorMinor, invoice.currency)} at stake.`,
      history: {
        count: usual.history.count,
        points: usual.history.points.map((point) => ({ ...point, value: asBilled(point.value) })),
      },
      breakdown: null,
      atStakeMinor,
      money: moneyState(invoice),
    },
  ];
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
