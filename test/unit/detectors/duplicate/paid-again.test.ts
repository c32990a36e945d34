import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { duplicateCharge } from '../../../../lib/detectors/duplicate/duplicate-charge.ts';
import {
  exampleCharge,
  exampleInvoice,
  exampleSubscription,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

const hourSec = 3600;
const charge = (month: number, hours: number, id = `ch_${month}_${hours}`) =>
  exampleCharge(month, 4_900, { id, createdAtSec: monthAtSec(month) + hours * hourSec });
const paid = (month: number): readonly BillingEvent[] => [
  exampleInvoice(month, 4_900, {}, 'invoice_finalized'),
  charge(month, 1),
  exampleInvoice(month, 4_900, { status: 'paid' }, 'invoice_paid'),
];
const year = Array.from({ length: 8 }, (_, month) => month);

/** What is found in the last of the events, and in each before it. */
function foundIn(events: readonly BillingEvent[]) {
  let record = emptyRecord;
  return events.map((event) => {
    const step = judgeAndLearn(event, record, [duplicateCharge]);
    record = step.record;
    return step.findings.length;
  });
}
const lastOf = (events: readonly BillingEvent[]) => foundIn(events).at(-1);

it.each<[string, (month: number) => BillingEvent]>([
  [
    'was edited after it was paid',
    (month) => {
      const edited = exampleInvoice(month, 4_900, { status: 'paid' }, 'invoice_updated');
      return { ...edited, occurredAtSec: edited.occurredAtSec + 3 };
    },
  ],
  [
    'was given up',
    (month) =>
      exampleInvoice(month, 4_900, { id: 'in_given_up', status: 'uncollectible' }, 'invoice_updated'),
  ],
  [
    'is a draft that someone edited',
    (month) => exampleInvoice(month, 4_900, { id: 'in_left', status: 'draft' }, 'invoice_updated'),
  ],
])('finds a second charge though an invoice of months ago %s', (_name, old) => {
  expect(lastOf([...year.flatMap(paid), old(0), charge(7, 1.01)])).toBe(1);
});

it('is quiet about an equal purchase on the day of a renewal, as the customer has made before', () => {
  const packs = [charge(0, 240), charge(1, 240)];
  expect(lastOf([...paid(0), ...packs, ...paid(1), ...paid(2), charge(2, 7)])).toBe(0);
});

it('is quiet about a second purchase of one who has bought such a pack once', () => {
  expect(lastOf([...paid(0), charge(0, 240), ...paid(1), ...paid(2), charge(2, 7)])).toBe(0);
});

it('is quiet on the day on which a subscription begins, whose invoice may be under way', () => {
  const begun = exampleSubscription(2);
  const created = { ...begun.subscription, id: 'sub_2', createdAtSec: monthAtSec(2) + 6 * hourSec };
  const second = { ...begun, subscription: created };
  expect(lastOf([...[0, 1, 2].flatMap(paid), charge(2, 7)])).toBe(1);
  expect(lastOf([...[0, 1, 2].flatMap(paid), second, charge(2, 7)])).toBe(0);
});

it('says a burst once, however its charges are spread over the day', () => {
  const charges = [charge(2, 20), charge(2, 20.01), charge(2, 22)];
  expect(foundIn([...[0, 1, 2].flatMap(paid), ...charges]).slice(-3)).toEqual([1, 0, 0]);
});

const daysBefore = (month: number, days: number) => monthAtSec(month) - days * 24 * hourSec;

it.each([
  [4, 1],
  [2, 0],
])('finds a second charge next to a draft that was left %i days ago: %i', (days, found) => {
  const left = exampleInvoice(7, 4_900, {
    id: 'in_left',
    subscription: 'sub_2',
    createdAtSec: daysBefore(7, days),
  });
  const draft = { ...left, occurredAtSec: left.invoice.createdAtSec };
  expect(lastOf([...year.flatMap(paid), draft, charge(7, 1.01)])).toBe(found);
});

it.each([
  [8, 0],
  [6, 1],
])('takes a pair that was not refunded for a habit after a week: %i days, %i', (days, found) => {
  const pair = [0, 60].map((sec) =>
    exampleCharge(0, 4_900, { id: `ch_pair_${sec}`, createdAtSec: daysBefore(1, days) + sec }),
  );
  expect(lastOf([...pair, charge(1, 1), charge(1, 1.01)])).toBe(found);
});
