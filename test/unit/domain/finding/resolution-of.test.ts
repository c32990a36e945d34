import { judgeAndLearn } from '../../../../lib/detect/pipeline.ts';
import { exampleCharge, exampleInvoice, monthly } from '../../../../lib/detectors/examples/example-events.ts';
import { eventDetectors } from '../../../../lib/detectors/registry.ts';
import type { BillingEvent, Invoice } from '../../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../../lib/domain/finding/finding.ts';
import { resolutionOf } from '../../../../lib/domain/finding/resolution-of.ts';
import { emptyRecord } from '../../../../lib/domain/record/customer-record.ts';

const usual = [41_000, 41_200, 40_800, 41_000, 41_100, 41_000];
const spike = exampleInvoice(6, 412_000);

/** What is found in these events, and how it stands after them. */
function live(events: readonly BillingEvent[]) {
  let record = emptyRecord;
  const findings: Finding[] = [];
  for (const event of events) {
    const step = judgeAndLearn(event, record, eventDetectors);
    record = step.record;
    findings.push(...step.findings);
  }
  const [finding] = findings;
  const { resolvesBy } = eventDetectors.find(({ id }) => id === finding?.detector) ?? {};
  return finding && resolutionOf(finding, record, resolvesBy);
}

const history = monthly(exampleInvoice, usual);
const later = (changes: Partial<Invoice>, kind: 'invoice_updated' | 'invoice_voided') => {
  const event = exampleInvoice(6, 412_000, changes, kind);
  return { ...event, id: 'evt_later', occurredAtSec: event.occurredAtSec + 600 };
};

it('is open as long as nothing came', () => {
  expect(live([...history, spike])).toBeUndefined();
});

it('is over when the invoice is voided', () => {
  expect(live([...history, spike, later({ status: 'void' }, 'invoice_voided')])).toBe(
    'The invoice was voided: it is no longer owed.',
  );
});

it('is over when the draft was corrected, and not when it is still far off', () => {
  const changed = (amountDueMinor: number) =>
    live([...history, spike, later({ amountDueMinor }, 'invoice_updated')]);
  expect(changed(41_000)).toBe('The invoice was changed: it is $410.00 now, and no longer stands out.');
  expect(changed(300_000)).toBeUndefined();
});

it('is over when the next renewal is as usual', () => {
  expect(live([...history, spike, exampleInvoice(7, 41_000)])).toBe(
    'The next one, of $410.00, does not stand out.',
  );
  expect(live([...history, spike, exampleInvoice(7, 412_000)])).toBeUndefined();
});

it('is over when credit notes take off what was at stake, together', () => {
  const note = (id: string, amountMinor: number): BillingEvent => {
    const { invoice, ...envelope } = spike;
    const creditNote = {
      id,
      invoice: invoice.id,
      currency: 'usd',
      amountMinor,
      createdAtSec: envelope.occurredAtSec + amountMinor,
    };
    return { ...envelope, id: `evt_${id}`, kind: 'credit_note_issued', creditNote };
  };
  expect(live([...history, spike, note('cn_1', 100_000)])).toBeUndefined();
  expect(live([...history, spike, note('cn_1', 100_000), note('cn_2', 271_000)])).toBe(
    'A credit note was issued: $3,710.00 was taken off the invoice.',
  );
});

it('is over when the charge is refunded', () => {
  const charges = monthly((month, amount) => exampleCharge(month, amount), usual);
  const charge = exampleCharge(6, 412_000);
  const refund = (amountRefundedMinor: number) => {
    const event = exampleCharge(6, 412_000, { amountRefundedMinor }, 'charge_refunded');
    return { ...event, id: 'evt_refund', occurredAtSec: event.occurredAtSec + 600 };
  };
  expect(live([...charges, charge, refund(1_000)])).toBeUndefined();
  expect(live([...charges, charge, refund(412_000)])).toBe(
    'The charge was refunded: $4,120.00 went back to the customer.',
  );
});
