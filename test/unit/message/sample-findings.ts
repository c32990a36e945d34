import type { Finding } from '../../../lib/domain/finding/finding.ts';

const hour = 3600;
const day = 24 * hour;

/** 2026-11-23 15:00 in Berlin. */
export const nowSec = 1_795_442_400;

export const options = { nowSec, timeZone: 'Europe/Berlin', mailDomain: 'acme.example' };

function monthly(values: readonly number[]): Finding['history'] {
  const points = values.map((value, index) => ({
    atSec: nowSec - (values.length - index) * 30 * day,
    value,
    usual: value < 100_000,
  }));
  return { count: points.length, points };
}

/** A draft invoice ten times the usual, 47 minutes before Stripe charges it. */
export const draftSpike: Finding = {
  id: '3f9c2a7d10b84e65a1c0d9e2f7',
  detector: 'amount-spike',
  certainty: 'unusual',
  question: 'Is this far above what this customer usually pays?',
  nextSteps: [
    'Open it in Stripe and compare its lines with the last one.',
    'If the draft is wrong, turn off automatic collection, then edit or delete it before it is finalised.',
  ],
  account: 'self',
  livemode: true,
  customer: 'cus_Nf8xKq20',
  customerName: 'Acme Ltd',
  eventId: 'evt_1Q2w3E4r',
  object: 'in_1Q2w3E4r5T',
  objectLabel: 'Draft invoice',
  atSec: nowSec - 780,
  receivedAtSec: nowSec - 778,
  about: 'in_1Q2w3E4r5T',
  severity: 'high',
  severityReason: '10 times the usual, with $3,710.00 at stake.',
  summary: 'Draft invoice to Acme Ltd is $4,120.00; usually it is about $410.00.',
  measure: { kind: 'money', currency: 'usd', what: 'amount due on an invoice' },
  actual: 412_000,
  expected: { low: 34_800, high: 49_200 },
  typical: 41_000,
  boundary: 49_200,
  rule: 'More than 4 robust standard deviations (log scale) above the median of 12 amounts, 1.2 times the largest usual one, and at least $5.00 more.',
  history: monthly([
    39_500, 41_000, 40_200, 41_000, 38_900, 41_000, 42_100, 41_000, 40_700, 41_300, 120_000, 41_000,
  ]),
  breakdown: {
    rows: [
      { label: 'Team plan, 41 seats', amountMinor: 41_000 },
      { label: 'API calls (tier 2), 1,855,000', amountMinor: 371_000 },
      { label: 'Less the usual amount', amountMinor: -41_000 },
    ],
    totalLabel: 'More than usual',
    totalMinor: 371_000,
  },
  atStakeMinor: 371_000,
  money: {
    currency: 'usd',
    state: 'draft',
    collection: 'charged',
    finalizesAtSec: nowSec + 47 * 60 + 20,
    dueAtSec: null,
  },
};

/** A charge in a currency without decimals; it has been collected. */
export const yenCharge: Finding = {
  ...draftSpike,
  customer: 'cus_Tk77',
  customerName: '株式会社サンプル',
  object: 'ch_3Pq8',
  objectLabel: 'Charge',
  about: 'ch_3Pq8',
  severity: 'critical',
  severityReason: '100 times the usual, with ¥4,950,000 at stake.',
  summary: '株式会社サンプル was charged ¥5,000,000; usually it is about ¥50,000.',
  measure: { kind: 'money', currency: 'jpy', what: 'amount of a charge' },
  actual: 5_000_000,
  expected: { low: 42_000, high: 60_000 },
  typical: 50_000,
  boundary: 60_000,
  history: monthly([50_000, 50_000, 48_000, 50_000, 52_000, 50_000]),
  breakdown: null,
  atStakeMinor: 4_950_000,
  money: { currency: 'jpy', state: 'paid', collection: 'charged', finalizesAtSec: null, dueAtSec: null },
};

/** Metered quantity, with money at stake too. */
export const usageSpike: Finding = {
  ...draftSpike,
  detector: 'usage-spike',
  question: 'Is this far more usage a day than this customer usually has?',
  severity: 'medium',
  severityReason: '2.0 times the usual, with $812.40 at stake.',
  summary:
    'Draft invoice to Acme Ltd counts 7,912.5 a day of "API calls"; usually it is about 3,954.1 a day.',
  measure: { kind: 'quantity', unit: 'a day', what: 'daily usage of "API calls"' },
  actual: 7912.5,
  expected: { low: 3105.25, high: 4942.75 },
  typical: 3954.1,
  boundary: 4942.75,
  history: monthly([3900.5, 3950, 4010.25, 3890, 3954.1, 3999, 4100, 3822]),
  breakdown: null,
  atStakeMinor: 81_240,
};

/** An invoice that does not add up, in a test account of a connected merchant. */
export const brokenSum: Finding = {
  ...draftSpike,
  detector: 'invoice-arithmetic',
  certainty: 'proven',
  question: 'Does the invoice add up?',
  nextSteps: [
    'Void the invoice and bill it again.',
    'Ask the team that made it which line was changed by hand.',
  ],
  account: 'acct_1Nm2',
  livemode: false,
  severity: 'high',
  severityReason: 'The bill is wrong and has been sent.',
  summary:
    'Invoice ACME-0042 to Acme Ltd says a total of $1,250.00, but its lines, discounts and taxes give $1,200.00.',
  measure: { kind: 'money', currency: 'usd', what: 'invoice total' },
  actual: 125_000,
  expected: { low: 120_000, high: 120_000 },
  typical: undefined,
  boundary: null,
  rule: 'The total is the sum of the lines, less discounts and credits, plus exclusive taxes. It must match to the cent.',
  history: { count: 0, points: [] },
  breakdown: {
    rows: [
      { label: 'Lines', amountMinor: 110_000 },
      { label: 'Discounts and credits', amountMinor: -10_000 },
      { label: 'Exclusive taxes', amountMinor: 20_000 },
      { label: 'Not explained by anything on the invoice', amountMinor: 5_000 },
    ],
    totalLabel: 'Total on the invoice',
    totalMinor: 125_000,
  },
  atStakeMinor: 5_000,
  money: {
    currency: 'usd',
    state: 'open',
    collection: 'sent',
    finalizesAtSec: null,
    dueAtSec: nowSec + 14 * day,
  },
};

/** About the whole account: no customer, no event, no bill. */
export const cardTesting: Finding = {
  ...draftSpike,
  detector: 'failure-rate',
  question: 'Are far more cards being declined than usual?',
  customer: null,
  customerName: null,
  eventId: null,
  object: 'payments',
  objectLabel: 'The whole account',
  about: '2026-11-23T05:00:00.000Z',
  severityReason: '57 different cards in 30 minutes.',
  summary: '57 different cards were declined within 30 minutes; usually it is about 0.4.',
  measure: { kind: 'quantity', unit: 'cards', what: 'different cards declined in 30 minutes' },
  actual: 57,
  expected: { low: 0, high: 7 },
  typical: 0.4,
  boundary: 7,
  history: { count: 0, points: [] },
  breakdown: null,
  atStakeMinor: null,
  money: { currency: 'usd', state: 'account', collection: 'charged', finalizesAtSec: null, dueAtSec: null },
};
