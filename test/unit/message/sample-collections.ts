import type { Finding } from '../../../lib/domain/finding/finding.ts';
import type { PlannedMail } from '../../../lib/message/planned-mail.ts';
import {
  brokenSum,
  cardTesting,
  draftSpike,
  nowSec,
  options,
  usageSpike,
  yenCharge,
} from './sample-findings.ts';

export const mailOptions = { ...options, digestHours: [9, 16], platform: ['ops@acme.example'] };

export function planned(kind: PlannedMail['kind'], findings: readonly Finding[], topic: string): PlannedMail {
  const alerts = findings.map((finding) => ({
    finding,
    filedAtSec: nowSec,
    mailedAtSec: null,
    outcome: null,
  }));
  return { kind, to: ['ann@acme.example'], alerts, topic };
}

const companies = [
  'Acme Ltd',
  'Globex GmbH',
  'Initech Inc.',
  'Umbrella SARL',
  '株式会社サンプル',
  'Hooli & Sons',
];

/** As `price-drift` says it of the nth customer: dollars, and of every fifth euros; two of three are drafts. */
function driftedPrice(nth: number): Finding {
  const currency = nth % 5 === 0 ? 'eur' : 'usd';
  const [sign, overMinor] = [currency === 'eur' ? '€' : '$', 1_000 + nth];
  const money = (minor: number) => `${sign}${(minor / 100).toFixed(2)}`;
  const customerName = `${companies[nth % companies.length]} ${nth}`;
  const isDraft = nth % 3 !== 0;
  const label = isDraft ? 'Draft invoice' : `Invoice ACME-${nth}`;
  return {
    ...brokenSum,
    id: `drift${String(nth).padStart(21, '0')}`,
    account: 'self',
    livemode: true,
    detector: 'price-drift',
    question: 'Does this invoice bill the price of the subscription?',
    cause: 'price:price_1QvTeamPlan',
    causeName: 'Team plan',
    customer: `cus_${nth}`,
    customerName,
    object: `in_1Qdrift${nth}`,
    about: `in_1Qdrift${nth}`,
    severity: isDraft ? 'medium' : 'high',
    severityReason: `The two amounts are ${money(overMinor)} apart.`,
    summary: `${label} to ${customerName} charges ${money(50_000 + overMinor)} for "Team plan", but its price is ${money(50_000)}, which makes ${money(50_000)} for 1.`,
    headline: `line of ${money(50_000 + overMinor)}, by its price ${money(50_000)}`,
    measure: { kind: 'money', currency, what: 'amount of a subscription line' },
    actual: 50_000 + overMinor,
    expected: { low: 50_000, high: 50_000 },
    atStakeMinor: overMinor,
    money: {
      currency,
      state: isDraft ? 'draft' : 'open',
      collection: 'charged',
      finalizesAtSec: isDraft ? nowSec + (47 + nth) * 60 : null,
      dueAtSec: null,
    },
  };
}

export const drifts = Array.from({ length: 200 }, (_, index) => driftedPrice(index));

/** One price edit over 200 customers. */
export const priceGroup = planned('group', drifts, 'price:price_1QvTeamPlan');

/** One meter that counts twice. */
export const meterGroup = planned(
  'group',
  ['Acme Ltd', 'Globex GmbH', 'Initech Inc.'].map((customerName, index) => ({
    ...usageSpike,
    id: `meter${index}`,
    customer: `cus_m${index}`,
    customerName,
    object: `in_meter${index}`,
    cause: 'meter:price_1QvCalls',
    causeName: 'API calls',
    summary: usageSpike.summary.replace('Acme Ltd', customerName),
  })),
  'meter:price_1QvCalls',
);

/** What could wait until nine: nothing proven, nothing urgent, in three currencies and one of unknown worth. */
export const digest = planned(
  'digest',
  [
    { ...draftSpike, money: { ...draftSpike.money, finalizesAtSec: null } },
    { ...yenCharge, severity: 'medium' as const },
    { ...usageSpike, id: 'later', money: { ...usageSpike.money, finalizesAtSec: nowSec + 266_400 } },
    {
      ...yenCharge,
      id: 'twice',
      detector: 'duplicate-charge',
      basis: 'equal charges so close together are seldom meant',
      customerName: 'Globex GmbH',
      severity: 'medium' as const,
      severityReason: '€90.00 was taken again, and is with us.',
      summary: 'Globex GmbH was charged €90.00 twice within 2 minutes.',
      headline: 'charged €90.00 twice within 2 minutes',
      measure: { kind: 'quantity', unit: '', what: 'charges of €90.00, one after the other' } as const,
      actual: 2,
      expected: { low: 1, high: 1 },
      typical: undefined,
      boundary: 1,
      history: { count: 0, points: [] },
      atStakeMinor: 9_000,
      money: { ...yenCharge.money, currency: 'eur' },
    },
    {
      ...usageSpike,
      id: 'unknown',
      money: { ...usageSpike.money, finalizesAtSec: null },
      severity: 'low' as const,
      atStakeMinor: null,
      customerName: 'Initech Inc.',
    },
    cardTesting,
  ],
  'digest',
);

/** More than anyone reads one by one, of every kind. */
export const storm = planned(
  'storm',
  [
    ...drifts.slice(0, 40),
    ...Array.from({ length: 60 }, (_, index) => ({
      ...draftSpike,
      id: `spike${index}`,
      object: `in_spike${index}`,
      customer: `cus_s${index}`,
      customerName: `Customer ${index}`,
      summary: `Draft invoice to Customer ${index} is $4,120.00; usually it is about $410.00.`,
    })),
    cardTesting,
  ],
  'storm',
);

/** Twelve findings of one cause and three of another among unrelated ones. */
export const mixedDigest = planned(
  'digest',
  [
    ...digest.alerts.map(({ finding }) => finding),
    ...meterGroup.alerts.map(({ finding }) => ({ ...finding, severity: 'low' as const })),
    ...drifts.slice(0, 12).map((finding) => ({ ...finding, certainty: 'unusual' as const })),
  ],
  'digest',
);

export const collections = { priceGroup, meterGroup, digest, mixedDigest, storm };
