import { judgeAndLearn } from '../../../lib/detect/pipeline.ts';
import { amountSpike } from '../../../lib/detectors/amount/amount-spike/amount-spike.ts';
import type { Detector } from '../../../lib/detectors/define.ts';
import {
  type Example,
  exampleCharge,
  exampleInvoice,
  monthly,
} from '../../../lib/detectors/examples/example-events.ts';
import { eventDetectors } from '../../../lib/detectors/registry.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { type CustomerRecord, emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { judgeObservations } from '../../../lib/domain/record/judge-observations.ts';
import { learn } from '../../../lib/domain/record/learn.ts';
import type { Verdict } from '../../../lib/domain/record/series.ts';
import { examplesOf } from '../../fixtures/examples-of.ts';

const monthSec = 30 * 86_400;
const nearSec = 2 * 86_400;

function firesOf({ id }: Detector): readonly Example[] {
  return examplesOf(id)().fires.filter(({ event }) => event.kind !== 'invoice_upcoming'); // a forecast is not remembered
}

const learnAll = (events: readonly BillingEvent[], record: CustomerRecord) =>
  events.reduce((before, event) => learn(event, before).record, record);

/** The same a month later: every time is moved, every invoice, line and charge is another. */
function later(event: BillingEvent): BillingEvent {
  const isMoved = (key: string) => key.endsWith('AtSec') || /^period(Start|End)Sec$/.test(key);
  const move = (value: unknown, key = ''): unknown => {
    if (typeof value === 'number' && isMoved(key)) return value + monthSec;
    if (typeof value === 'string' && key === 'id') return `${value}_later`;
    if (Array.isArray(value)) return value.map((one) => move(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, move(inner, name)]));
  };
  return move(event) as BillingEvent;
}

/** What the event is a part of: what led to it in the same days. A subscription is no event of a day. */
const isOfSameDays =
  ({ event }: Example) =>
  ({ kind, occurredAtSec }: BillingEvent) =>
    event.occurredAtSec - occurredAtSec < nearSec && !kind.startsWith('subscription_');

/** What happens again: the event, what led to it, and the charges that it gives back. */
function again(example: Example): readonly BillingEvent[] {
  const { history, event } = example;
  const days = [...history.filter(isOfSameDays(example)), event];
  const refunded = days.flatMap((one) => (one.kind === 'charge_refunded' ? one.charge.id : []));
  const paid = history.filter((one) => one.kind === 'charge_succeeded' && refunded.includes(one.charge.id));
  return [...new Set([...paid, ...days])].map(later);
}

/** How often the detector speaks when it happens again, after a person has said so of the first time. */
function saidAgain(example: Example, detector: Detector, verdict: Verdict): number {
  const before = learnAll(example.history, emptyRecord);
  const first = judgeAndLearn(example.event, before, [detector]);
  const [finding] = first.findings;
  if (finding?.observed === undefined) throw new Error(`${example.name}: no observation to judge`);
  const judged = judgeObservations(first.record, finding.observed.part, finding.object, verdict);
  return countAgain(example, detector, judged);
}

function countAgain(example: Example, detector: Detector, judged: CustomerRecord): number {
  let record = judged;
  let count = 0;
  for (const event of again(example)) {
    const step = judgeAndLearn(event, record, [detector]);
    record = step.record;
    count += step.findings.length;
  }
  return count;
}

const withHistory = eventDetectors
  .filter(({ admits }) => admits)
  .map((detector) => [detector.id, detector] as const);

describe.each(withHistory)('%s', (_id, detector) => {
  const fires = firesOf(detector);

  it.each(fires.map((example) => [example.name, example] as const))(
    'is quiet when what a person called expected comes again: %s',
    (_name, example) => {
      expect(saidAgain(example, detector, 'expected')).toBe(0);
    },
  );

  it.each(fires.map((example) => [example.name, example] as const))(
    'speaks again as if it had never been, after a person called it an error: %s',
    (_name, example) => {
      const isAlike = (past: BillingEvent) => 'charge' in past === 'charge' in example.event; // an open invoice stays open
      const isOther = (past: BillingEvent) => !(isAlike(past) && isOfSameDays(example)(past));
      const never = learnAll(example.history.filter(isOther), emptyRecord);
      expect(saidAgain(example, detector, 'error')).toBe(countAgain(example, detector, never));
    },
  );

  it('speaks again of at least one of its examples after an error', () => {
    expect(fires.some((example) => saidAgain(example, detector, 'error') > 0)).toBe(true);
  });
});

it('takes the payment of an invoice for what a person said of the invoice', () => {
  const usual = monthly(exampleCharge, [41_000, 41_000, 41_000, 41_000, 41_000]);
  const paid = exampleInvoice(5, 410_000, { billingReason: 'manual' }, 'invoice_paid');
  const payment = exampleCharge(5, 410_000, { createdAtSec: paid.occurredAtSec });
  const record = learnAll([...usual, paid, payment], emptyRecord);
  const isFlagged = (verdict: Verdict) => {
    const judged = judgeObservations(record, 'invoices', paid.invoice.id, verdict);
    return judgeAndLearn(exampleCharge(9, 410_000), judged, [amountSpike]).findings.length > 0;
  };
  expect([isFlagged('none'), isFlagged('expected'), isFlagged('error')]).toEqual([true, false, true]);
});
