import type { BillingEvent, InvoiceEvent } from '../events/billing-event.ts';
import { daySec } from '../time.ts';
import type { CustomerRecord } from './customer-record.ts';
import { lastChange } from './invoice-revision.ts';
import { amountObservation } from './observations-of.ts';

/** Stripe delivers an event for three days at most; what is sent later about an old invoice is an edit. */
const deliveredWithinSec = 3 * daySec;

/**
 * The final invoice that an event holds when it overtakes `invoice.finalized`: Stripe promises no order. The event
 * that comes after it counts as a repeat, so what is asked of final invoices is asked now or never. It is dated to the
 * moment in which the invoice became final, not to its payment.
 *
 * @param record before the event
 * @returns undefined when the event holds no final invoice, or the record knows already that it is final
 */
export function asFinal(event: BillingEvent, record: CustomerRecord): InvoiceEvent | undefined {
  if (event.kind !== 'invoice_paid' && event.kind !== 'invoice_updated') return;
  const { invoice, kind, occurredAtSec } = event;
  if (invoice.status !== 'paid' && (invoice.status !== 'open' || kind === 'invoice_paid')) return;
  if (kind === 'invoice_updated' && occurredAtSec - invoice.createdAtSec > deliveredWithinSec) return;
  if (isKnownFinal(event, record)) return;
  return { ...event, kind: 'invoice_finalized', occurredAtSec: invoice.finalizedAtSec ?? occurredAtSec };
}

/** A change since the invoice became final was judged as final; where Stripe does not say when, it may have been. */
function isKnownFinal(event: InvoiceEvent, record: CustomerRecord): boolean {
  const { part, key, seen } = amountObservation(event);
  const known = record[part].get(key)?.find(({ hash }) => hash === seen.hash);
  if (known === undefined) return false;
  const { kind, changedAtSec } = lastChange(known);
  return kind === 'invoice_updated'
    ? changedAtSec >= (event.invoice.finalizedAtSec ?? 0)
    : kind !== 'invoice_drafted';
}
