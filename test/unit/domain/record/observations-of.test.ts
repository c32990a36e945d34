import {
  exampleCharge,
  exampleCreditNote,
  exampleInvoice,
  exampleLine,
  exampleRefund,
  exampleUsageInvoice,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import { exampleFraudWarning } from '../../../../lib/detectors/examples/example-fraud-warning.ts';
import { billedHash } from '../../../../lib/domain/events/billed-hash.ts';
import type { BillingEvent, Invoice, InvoiceEvent } from '../../../../lib/domain/events/billing-event.ts';
import { objectHash } from '../../../../lib/domain/events/object-hash.ts';
import { observationsOf } from '../../../../lib/domain/record/observations-of.ts';
import { seriesKey } from '../../../../lib/domain/record/series-key.ts';
import { daySec } from '../../../../lib/domain/time.ts';

const asIs = { voided: false, verdict: 'none' };

describe('a charge', () => {
  const createdAtSec = monthAtSec(0);
  const object = { atSec: createdAtSec, hash: objectHash('ch_0'), ...asIs };

  it.each<readonly [string, BillingEvent, object]>([
    [
      'is what was captured of it',
      exampleCharge(0, 900, { createdAtSec, amountCapturedMinor: 800 }),
      { part: 'charges', key: 'charge:usd', seen: { ...object, value: 800, revision: 1 } },
    ],
    [
      'that failed is what was asked for',
      exampleCharge(0, 900, { createdAtSec, amountCapturedMinor: 0 }, 'charge_failed'),
      { part: 'setbacks', key: 'failed:usd', seen: { ...object, value: 900, revision: 1 } },
    ],
    [
      'that was refunded is what went back so far',
      exampleCharge(0, 900, { createdAtSec, amountRefundedMinor: 300 }, 'charge_refunded'),
      { part: 'setbacks', key: 'refunded:usd', seen: { ...object, value: 300, revision: 1 } },
    ],
  ])('%s', (_name, event, place) => {
    expect(observationsOf(event)).toEqual([place]);
  });

  it.each([
    ['grows with the seconds since it was made', monthAtSec(1), 30 * daySec - 3_700],
    ['is never negative, as clocks differ', monthAtSec(0), 0],
  ])('has a revision that %s', (_name, occurredAtSec, revision) => {
    const event = { ...exampleRefund(0, 900, 1, 0), occurredAtSec };
    expect(observationsOf(event).map(({ seen }) => seen.revision)).toEqual([revision]);
  });
});

it('finds a credit note by its invoice', () => {
  const event = exampleCreditNote(exampleInvoice(0, 900).invoice, 250);
  const object = { atSec: monthAtSec(0) + 60, hash: objectHash('in_0'), ...asIs };
  expect(observationsOf(event)).toEqual([
    { part: 'setbacks', key: 'credited:usd', seen: { ...object, value: 250, revision: 0 } },
  ]);
});

const warning = exampleFraudWarning(0);
const money = { currency: 'usd', amountMinor: 900 };

it.each<readonly [string, BillingEvent]>([
  ['a fraud warning', warning],
  [
    'a dispute',
    { ...warning, kind: 'dispute_created', dispute: { id: 'dp', charge: 'ch', reason: null, ...money } },
  ],
  [
    'a failed payout',
    { ...warning, kind: 'payout_failed', payout: { id: 'po', failureCode: null, ...money } },
  ],
  ['refused usage', { ...warning, kind: 'usage_refused', meter: { id: 'meters' } }],
  ['a forecast', exampleInvoice(0, 900, {}, 'invoice_upcoming')],
])('remembers nothing of %s', (_name, event) => {
  expect(observationsOf(event)).toEqual([]);
});

describe('an invoice', () => {
  const amountOf = (event: InvoiceEvent) => observationsOf(event)[0];

  it('is what is due of it, first', () => {
    expect(amountOf(exampleInvoice(0, 900))).toEqual({
      part: 'invoices',
      key: 'recurring:usd:month',
      seen: { atSec: monthAtSec(0), hash: objectHash('in_0'), value: 900, revision: 0, ...asIs },
    });
  });

  it('is nothing when the customer is owed', () => {
    expect(amountOf(exampleInvoice(0, 900, { amountDueMinor: -900 }))?.seen.value).toBe(0);
  });

  it.each<readonly [string, InvoiceEvent, boolean]>([
    ['an event that makes it void', exampleInvoice(0, 900, { status: null }, 'invoice_voided'), true],
    ['an event of a void one', exampleInvoice(0, 900, { status: 'void' }, 'invoice_updated'), true],
    ['an event of an open one', exampleInvoice(0, 900, { status: 'open' }, 'invoice_updated'), false],
  ])('is void, or not, by %s', (_name, event, voided) => {
    expect(observationsOf(event).map(({ seen }) => seen.voided)).toEqual([voided, voided]);
  });

  const prorated = (amounts: readonly number[], changes: Partial<Invoice> = {}) => {
    const prorations = amounts.map((minor) => exampleLine(0, minor, { proration: true }));
    return exampleInvoice(0, 900, { lines: [exampleLine(0, 600), ...prorations], ...changes });
  };
  const byHand = { billingReason: 'manual' };
  const tax = { inclusive: false, rate: 'txr_1', reason: null, percentage: null };
  const taxes = [{ ...tax, amountMinor: 200, taxableMinor: 1_000 }];
  const discounts = [{ amountMinor: 90, discount: 'di_1' }];
  const whatItBills = (event: InvoiceEvent) => ({ billed: billedHash(event) });

  it.each<readonly [string, InvoiceEvent, Readonly<Record<string, number>>]>([
    ['nothing else', exampleInvoice(0, 900), {}],
    ['a test clock', { ...exampleInvoice(0, 900), isSimulated: true }, { clock: 1 }],
    ['what is due without prorations', prorated([300]), { 'unprorated:usd': 600 }],
    ['what is due without a credit', prorated([-300]), { 'unprorated:usd': 1_200 }],
    ['nothing of prorations that cancel out', prorated([300, -300]), {}],
    ['nothing of prorations of which some are missing', prorated([300], { linesComplete: false }), {}],
    [
      'usage, and the most expensive unit',
      exampleUsageInvoice(0, 3_000),
      { [seriesKey.usage('price_calls')]: 100_000, [seriesKey.dearest('price_calls')]: 2_000_000 },
    ],
    [
      'usage alone within a free tier',
      exampleUsageInvoice(0, 3_000, 0),
      { [seriesKey.usage('price_calls')]: 100_000 },
    ],
    ['the share of a tax', exampleInvoice(0, 900, { taxes }), { [seriesKey.tax('txr_1', false)]: 200_000 }],
    [
      'the share of its discounts',
      exampleInvoice(0, 900, { attachedDiscounts: ['di_1'], discounts }),
      { 'discount:usd': 100_000 },
    ],
  ])('also says what it bills and %s', (_name, event, facts) => {
    const [amount, ...others] = observationsOf(event);
    const all = { ...whatItBills(event), ...facts };
    expect(Object.fromEntries(others.map(({ key, seen }) => [key, seen.value]))).toEqual(all);
    const same = others.map(({ part, seen }) => ({ part, seen: { ...seen, value: 900 } }));
    const seen = { ...amount?.seen, value: 900 };
    expect(same).toEqual(others.map(() => ({ part: 'invoices', seen }))); // of one part and one object
  });

  it('by hand says what it bills once it is final', () => {
    const keysOf = (event: InvoiceEvent) => observationsOf(event).map(({ key }) => key);
    expect(keysOf(exampleInvoice(0, 900, byHand))).toEqual(['one_off:usd']);
    expect(keysOf(exampleInvoice(0, 900, byHand, 'invoice_finalized'))).toEqual(['one_off:usd', 'billed']);
  });
});
