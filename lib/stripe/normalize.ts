import type { BillingEvent, ChargeEvent, InvoiceEvent } from '../domain/billing-event.ts';
import { type Fields, fields, flag, id, integer, isFields, needed } from './fields.ts';
import { chargeCustomer, chargeCustomerName, normalizeCharge } from './normalize-charge.ts';
import { invoiceCustomer, invoiceCustomerName, normalizeInvoice } from './normalize-invoice.ts';

/** Stripe's type -> our word. `invoice.payment_succeeded` is `invoice.paid`'s twin and would count it twice. */
const invoiceKinds: ReadonlyMap<string, InvoiceEvent['kind']> = new Map([
  ['invoice.created', 'invoice_drafted'],
  ['invoice.updated', 'invoice_updated'],
  ['invoice.finalized', 'invoice_finalized'],
  ['invoice.paid', 'invoice_paid'],
  ['invoice.voided', 'invoice_voided'],
]);

const chargeKinds: ReadonlyMap<string, ChargeEvent['kind']> = new Map([
  ['charge.succeeded', 'charge_succeeded'],
]);

export type Normalized =
  | { readonly kind: 'event'; readonly event: BillingEvent }
  /** A type we don't use. */
  | { readonly kind: 'ignored'; readonly type: string }
  /** Only a notice that something happened, without the object itself. */
  | { readonly kind: 'thin'; readonly type: string }
  | { readonly kind: 'not_an_event' };

/**
 * A verified Stripe event of any API version in our own words. The version is recorded and never branched on.
 *
 * @param event the parsed body, which may still be anything at all
 * @throws UnreadableEventError for an event of a type we use whose needed fields are missing or of the wrong type
 * @example normalizeEvent({ id: 'evt_1', type: 'invoice.paid', data: { object: {...} }, ... }, 1766000000)
 *   // { kind: 'event', event: { kind: 'invoice_paid', ... } }
 */
export function normalizeEvent(event: unknown, receivedAtSec: number): Normalized {
  if (!isFields(event)) return { kind: 'not_an_event' };
  const { id: eventId, type } = event;
  if (id(eventId) === null || typeof type !== 'string') return { kind: 'not_an_event' };
  const object = fields(event.data).object;
  if (event.object === 'v2.core.event' || (!isFields(object) && isFields(event.related_object))) {
    return { kind: 'thin', type };
  }
  if (!isFields(object)) return { kind: 'not_an_event' };

  const invoiceKind = invoiceKinds.get(type);
  if (invoiceKind !== undefined) {
    const names = { customer: invoiceCustomer(object), customerName: invoiceCustomerName(object) };
    const envelope = { ...envelopeOf(event, receivedAtSec), ...names };
    return { kind: 'event', event: { ...envelope, kind: invoiceKind, invoice: normalizeInvoice(object) } };
  }
  const chargeKind = chargeKinds.get(type);
  if (chargeKind !== undefined) {
    const names = { customer: chargeCustomer(object), customerName: chargeCustomerName(object) };
    const envelope = { ...envelopeOf(event, receivedAtSec), ...names };
    return { kind: 'event', event: { ...envelope, kind: chargeKind, charge: normalizeCharge(object) } };
  }
  return { kind: 'ignored', type };
}

function envelopeOf(event: Fields, receivedAtSec: number) {
  return {
    id: needed(id(event.id), 'id'),
    account: id(event.account) ?? 'self',
    livemode: needed(flag(event.livemode), 'livemode'),
    occurredAtSec: needed(integer(event.created), 'created'),
    receivedAtSec,
    apiVersion: id(event.api_version),
  };
}
