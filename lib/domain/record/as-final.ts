import type { BillingEvent, InvoiceEvent } from '../events/billing-event.ts';
import { daySec } from '../time.ts';
import type { CustomerRecord } from './customer-record.ts';
import { lastChange } from './invoice-revision.ts';
import { amountObservation } from './observations-of.ts';

/** Stripe delivers an event for three days at most; what is told later of an old invoice is an edit. */
const deliveredWithinSec = 3 * daySec;

/**
 * The final invoice that an event tells of when it overtakes `invoice.finalized`: Stripe promises no order. The event
 * that comes after it counts as a repeat, so what is asked of final invoices is asked now or never.
 *
 * @param record before the event
 * @returns undefined when the event tells of no final invoice, or the record knows already that it is final
 */
export function asFinal(event: BillingEvent, record: CustomerRecord): InvoiceEvent | undefined {
  if (event.kind !== 'invoice_paid' && event.kind !== 'invoice_updated') return;
  const { invoice, kind, occurredAtSec } = event;
  if (invoice.status !== 'paid' && (invoice.status !== 'open' || kind === 'invoice_paid')) return;
  if (kind === 'invoice_updated' && occurredAtSec - invoice.createdAtSec > deliveredWithinSec) return;
  return isKnownFinal(event, record) ? undefined : { ...event, kind: 'invoice_finalized' };
}

function isKnownFinal(event: InvoiceEvent, record: CustomerRecord): boolean {
  const { part, key, seen } = amountObservation(event);
  const known = record[part].get(key)?.find(({ hash }) => hash === seen.hash);
  const kind = known && lastChange(known).kind;
  return kind === 'invoice_finalized' || kind === 'invoice_paid' || kind === 'invoice_voided';
}
