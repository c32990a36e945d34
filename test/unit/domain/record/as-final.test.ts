import {
  exampleCharge,
  exampleInvoice,
  monthAtSec,
} from '../../../../lib/detectors/examples/example-events.ts';
import type { BillingEvent, Invoice, InvoiceEvent } from '../../../../lib/domain/events/billing-event.ts';
import { asFinal } from '../../../../lib/domain/record/as-final.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';
import { learn } from '../../../../lib/domain/record/learn.ts';
import { daySec, hourSec } from '../../../../lib/domain/time.ts';

const createdAtSec = monthAtSec(0);
const finalizedAtSec = createdAtSec + hourSec;

/** An event of one invoice, so many seconds after Stripe made it. */
function invoiceEvent(
  kind: InvoiceEvent['kind'],
  afterSec: number,
  changes: Partial<Invoice> = {},
): InvoiceEvent {
  return { ...exampleInvoice(0, 900, changes, kind), occurredAtSec: createdAtSec + afterSec };
}

const recordAfter = (events: readonly BillingEvent[]) =>
  events.reduce((before, event) => learn(event, before).record, emptyRecord);

const paid = invoiceEvent('invoice_paid', 7_200, { status: 'paid', finalizedAtSec });
const opened = invoiceEvent('invoice_updated', 7_200, { status: 'open', finalizedAtSec });

describe('an event that comes before the one that makes its invoice final', () => {
  it.each([
    ['a payment', paid],
    ['a change of an open invoice', opened],
    [
      'a change of a paid invoice',
      invoiceEvent('invoice_updated', 7_200, { status: 'paid', finalizedAtSec }),
    ],
  ])('is final itself, dated to when the invoice became so: %s', (_name, event) => {
    expect(asFinal(event, emptyRecord)).toEqual({
      ...event,
      kind: 'invoice_finalized',
      occurredAtSec: finalizedAtSec,
    });
  });

  it('keeps its own time where Stripe does not say when the invoice became final', () => {
    const event = invoiceEvent('invoice_paid', 7_200, { status: 'paid' });
    expect(asFinal(event, emptyRecord)).toEqual({ ...event, kind: 'invoice_finalized' });
  });

  it.each([
    ['a draft', invoiceEvent('invoice_drafted', 0)],
    ['a change of a draft', invoiceEvent('invoice_updated', 60, { status: 'draft' })],
    ['a change of a void invoice', invoiceEvent('invoice_updated', 60, { status: 'void' })],
    ['a payment that left the invoice open', invoiceEvent('invoice_paid', 60, { status: 'open' })],
    ['the final invoice', invoiceEvent('invoice_finalized', 3_600, { finalizedAtSec })],
    ['a void invoice', invoiceEvent('invoice_voided', 7_200, { status: 'paid' })],
    ['a charge', exampleCharge(0, 900)],
  ])('is not %s', (_name, event) => {
    expect(asFinal(event, emptyRecord)).toBeUndefined();
  });
});

describe('how late it may be', () => {
  it.each([
    ['a change, three days after the invoice was made', opened, 3 * daySec, true],
    ['a change, a second later', opened, 3 * daySec + 1, false],
    ['a payment, a month later', paid, 30 * daySec, true],
  ])('%s', (_name, event, afterSec, isFinal) => {
    const late = { ...event, occurredAtSec: createdAtSec + afterSec };
    expect(asFinal(late, emptyRecord) !== undefined).toBe(isFinal);
  });
});

describe('what the record knows of the invoice', () => {
  const changedAt = (afterSec: number) => invoiceEvent('invoice_updated', afterSec, { status: 'open' });

  it.each<readonly [string, readonly BillingEvent[], boolean]>([
    ['its draft', [invoiceEvent('invoice_drafted', 0)], true],
    ['a change a second before it became final', [changedAt(3_599)], true],
    ['a change in the second in which it did', [changedAt(3_600)], false],
    ['a change since', [changedAt(3_601)], false],
    ['that it is final', [invoiceEvent('invoice_finalized', 3_600)], false],
    ['that it is paid', [invoiceEvent('invoice_paid', 3_700)], false],
    ['that it is void', [invoiceEvent('invoice_voided', 3_700)], false],
    ['nothing, but of another that is final', [exampleInvoice(1, 900, {}, 'invoice_finalized')], true],
    [
      'its draft, and another that is final',
      [exampleInvoice(-1, 900, {}, 'invoice_finalized'), invoiceEvent('invoice_drafted', 0)],
      true,
    ],
  ])('%s', (_name, before, isFinal) => {
    expect(asFinal(paid, recordAfter(before)) !== undefined).toBe(isFinal);
  });

  it('counts any change as final where Stripe does not say when it became so', () => {
    const event = invoiceEvent('invoice_paid', 7_200, { status: 'paid' });
    expect(asFinal(event, recordAfter([changedAt(60)]))).toBeUndefined();
  });
  it('takes no draft for final, though the invoice became so in its second', () => {
    const event = invoiceEvent('invoice_paid', 60, { status: 'paid', finalizedAtSec: createdAtSec });
    expect(asFinal(event, recordAfter([invoiceEvent('invoice_drafted', 0)]))).toBeDefined();
  });
});
