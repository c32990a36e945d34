import {
  exampleCharge,
  exampleInvoice,
  exampleSubscription,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent, Invoice } from '../../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { hasCome, isOverdue } from '../../../../lib/domain/record/is-overdue.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { hourSec } from '../../../../lib/domain/time.ts';

const dueSec = monthAtSec(1);
const due = { subscription: 'sub_1', customer: 'cus_acme', dueSec };
const subscribed = exampleSubscription(0);

/** The renewal of month 0, by which something is known, and what the events add. */
const lookAfter = (events: readonly BillingEvent[]) => ({
  due,
  record: [exampleInvoice(0, 900), ...events].reduce(
    (before, event) => learn(event, before).record,
    emptyRecord,
  ),
});

const invoiceAt = (createdAtSec: number, changes: Partial<Invoice> = {}) =>
  exampleInvoice(1, 900, { createdAtSec, ...changes });

it.each<readonly [string, readonly BillingEvent[], boolean]>([
  ['no invoice since', [], false],
  ['an invoice in its second', [invoiceAt(dueSec)], true],
  ['an invoice an hour early', [invoiceAt(dueSec - hourSec)], true],
  ['an invoice a second earlier', [invoiceAt(dueSec - hourSec - 1)], false],
  ['an invoice a month later', [invoiceAt(monthAtSec(2))], true],
  ['a renewal in another currency', [invoiceAt(dueSec, { currency: 'eur' })], true],
  ['an invoice by hand', [invoiceAt(dueSec, { billingReason: 'manual' })], false],
  ['a charge', [exampleCharge(1, 900)], false],
])('has come, or not, with %s', (_name, since, comes) => {
  const look = lookAfter([subscribed, ...since]);
  expect(hasCome(look)).toBe(comes);
  expect(isOverdue(look)).toBe(!comes);
});

it('has not come to an unknown customer', () => {
  expect(hasCome({ due, record: emptyRecord })).toBe(false);
});

it.each<readonly [string, readonly BillingEvent[]]>([
  ['has ended since', [subscribed, exampleSubscription(0.5, {}, 'subscription_deleted')]],
  ['renews later by now', [subscribed, exampleSubscription(1)]],
  ['is unknown', []],
])('is not overdue when its subscription %s', (_name, events) => {
  expect(isOverdue(lookAfter(events))).toBe(false);
});
