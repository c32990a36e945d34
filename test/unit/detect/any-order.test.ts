import { judgeAndLearn } from '../../../lib/detect/pipeline.ts';
import type { Example } from '../../../lib/detectors/examples/example-events.ts';
import { exampleInvoice } from '../../../lib/detectors/examples/example-events.ts';
import { eventDetectors } from '../../../lib/detectors/registry.ts';
import type { BillingEvent, InvoiceEvent } from '../../../lib/domain/events/billing-event.ts';
import { emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { examplesOf } from '../../fixtures/examples-of.ts';

/** Every case of a detector in which an invoice is found. */
const cases = eventDetectors
  .flatMap(({ id }) => examplesOf(id)().fires.map((example) => [`${id}: ${example.name}`, example] as const))
  .filter(([, { event }]) => 'invoice' in event && event.kind !== 'invoice_upcoming');

/** One invoice's draft, final, changed and paid event, as when it is made, finalised and charged within two seconds. */
function lifeOf(event: InvoiceEvent): readonly InvoiceEvent[] {
  const { id, invoice, occurredAtSec } = event;
  const stage = (
    kind: InvoiceEvent['kind'],
    status: 'draft' | 'open' | 'paid',
    sec: number,
  ): InvoiceEvent => ({
    ...event,
    id: `${id}_${status}`,
    kind,
    occurredAtSec: occurredAtSec + sec,
    invoice: {
      ...invoice,
      status,
      ...(status !== 'draft' && { finalizedAtSec: occurredAtSec }),
      ...(status === 'paid' && { amountPaidMinor: invoice.amountDueMinor, amountRemainingMinor: 0 }),
    },
  });
  return [
    stage('invoice_drafted', 'draft', 0),
    stage('invoice_finalized', 'open', 0),
    stage('invoice_updated', 'open', 1),
    stage('invoice_paid', 'paid', 1),
  ];
}

function orders<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((others) => [item, ...others]));
}

/** Which detectors say something of the event's invoice, when it comes in these events after the history. */
function foundIn({ history, event }: Example, events: readonly BillingEvent[]): readonly string[] {
  let record = history.reduce((before, past) => judgeAndLearn(past, before, []).record, emptyRecord);
  const found = new Set<string>();
  for (const one of events) {
    const step = judgeAndLearn(one, record, eventDetectors);
    record = step.record;
    for (const { detector, object } of step.findings)
      if ('invoice' in event && object === event.invoice.id) found.add(detector);
  }
  return [...found].sort();
}

it.each(cases)('finds the same whichever event of the invoice comes first: %s', (_name, example) => {
  const life = lifeOf(example.event as InvoiceEvent);
  const inOrder = foundIn(example, life);
  expect(inOrder.length).toBeGreaterThan(0);
  for (const order of orders(life))
    expect([order.map(({ kind }) => kind), foundIn(example, order)]).toEqual([
      order.map(({ kind }) => kind),
      inOrder,
    ]);
});

it('judges a bill as final once: its payment is no second invoice, however late it comes', () => {
  const minute = 60;
  const byHand = (id: string, atSec: number): InvoiceEvent => {
    const event = exampleInvoice(
      0,
      4_900,
      { id, billingReason: 'manual', createdAtSec: atSec },
      'invoice_finalized',
    );
    return {
      ...event,
      id: `evt_${id}`,
      occurredAtSec: atSec,
      invoice: { ...event.invoice, finalizedAtSec: atSec },
    };
  };
  const [first, second] = [byHand('in_a', 1_800_000_000), byHand('in_b', 1_800_000_000 + 50 * minute)];
  const later = (
    kind: 'invoice_updated' | 'invoice_paid',
    status: 'open' | 'paid',
    sec: number,
  ): InvoiceEvent => ({
    ...first,
    id: `evt_${kind}`,
    kind,
    occurredAtSec: first.occurredAtSec + sec,
    invoice: { ...first.invoice, status },
  });
  const events = [
    first,
    later('invoice_updated', 'open', 3),
    second,
    later('invoice_paid', 'paid', 55 * minute),
  ];
  expect(foundIn({ name: '', history: [], event: first }, events)).toEqual([]);
  expect(
    foundIn(
      { name: '', history: [], event: first },
      [events[1], events[2], events[3]].flatMap((one) => one ?? []),
    ),
  ).toEqual([]);
});
