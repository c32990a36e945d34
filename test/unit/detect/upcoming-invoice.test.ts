import { judgeAndLearn } from '../../../lib/detect/pipeline.ts';
import { eventDetectors } from '../../../lib/detectors/registry.ts';
import type { BillingEvent } from '../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../lib/domain/record/learn.ts';
import { normalizeEvent } from '../../../lib/stripe/event/normalize.ts';
import { draftInvoiceEvent } from '../../fixtures/stripe-delivery.ts';

const weekSec = 7 * 86_400;
const startSec = 1_767_225_600;

/** A week's usage at two cents a call, billed at the end of the week. */
function usageEvent(type: string, week: number, calls: number, changes: object = {}): BillingEvent {
  const endSec = startSec + week * weekSec;
  const line = {
    id: `il_${week}`,
    amount: calls * 2,
    currency: 'usd',
    description: 'API calls',
    parent: { subscription_item_details: { subscription_item: 'si_1', proration: false } },
    period: { start: endSec - weekSec, end: endSec },
    pricing: { price_details: { price: 'price_1' }, unit_amount_decimal: '2' },
    quantity: calls,
    quantity_decimal: String(calls),
  };
  const invoice = {
    id: `in_${week}`,
    created: endSec + 60,
    period_end: endSec,
    billing_reason: 'subscription_cycle',
    parent: { subscription_details: { subscription: 'sub_1' } },
    amount_due: calls * 2,
    total: calls * 2,
    lines: { data: [line], has_more: false },
    ...changes,
  };
  const event = draftInvoiceEvent({ id: `evt_${type}_${week}`, type, created: endSec }, invoice);
  const normalized = normalizeEvent(event, endSec);
  if (normalized.kind !== 'event') throw new Error(normalized.kind);
  return normalized.event;
}

const past = [70_000, 71_000, 69_000, 72_000, 70_500].map((calls, week) =>
  usageEvent('invoice.created', week, calls),
);
const record = past.reduce((before, event) => learn(event, before).record, emptyRecord);
const chargedAtSec = startSec + 5 * weekSec + 3600;
const upcoming = (calls: number) =>
  usageEvent('invoice.upcoming', 5, calls, {
    id: undefined,
    created: startSec,
    billing_reason: 'upcoming',
    status: null,
    next_payment_attempt: chargedAtSec,
  });

it('warns days ahead of usage that is too much already, and never learns from a forecast', () => {
  const { record: after, findings } = judgeAndLearn(upcoming(700_000), record, eventDetectors);
  expect(after).toBe(record);
  expect(findings).toMatchObject([
    {
      detector: 'usage-spike',
      object: 'sub_1',
      objectLabel: 'Upcoming invoice',
      money: { state: 'upcoming', finalizesAtSec: chargedAtSec },
    },
  ]);
  expect(judgeAndLearn(upcoming(20_000), record, eventDetectors).findings).toEqual([]);
});

it('is one finding with its draft and its final invoice, and another than the next renewal', () => {
  let known = record;
  const idOf = (event: BillingEvent): string | undefined => {
    const after = judgeAndLearn(event, known, eventDetectors);
    known = after.record;
    return after.findings.find(({ detector }) => detector === 'usage-spike')?.id;
  };
  const first = idOf(upcoming(700_000));
  expect(first).toBeDefined();
  expect(idOf(usageEvent('invoice.created', 5, 720_000))).toBe(first);
  expect(idOf(usageEvent('invoice.finalized', 5, 740_000, { status: 'open' }))).toBe(first);
  expect(idOf(usageEvent('invoice.created', 6, 900_000_000))).not.toBe(first);
});

it('does not take a forecast of nothing that renews', () => {
  expect(() => usageEvent('invoice.upcoming', 5, 1, { id: undefined, parent: null })).toThrow('ignored');
});
