import type {
  BillingEvent,
  ChargeEvent,
  InvoiceEvent,
  SubscriptionEvent,
} from '../../domain/events/billing-event.ts';
import { accountId, type Fields, fields, flag, id, isFields, needed, seconds } from './fields.ts';
import { isSimulatedTime } from './is-simulated-time.ts';
import { chargeCustomer, chargeCustomerName, normalizeCharge } from './normalize-charge.ts';
import { normalizeCreditNote } from './normalize-credit-note.ts';
import { normalizeDispute } from './normalize-dispute.ts';
import { normalizeFraudWarning } from './normalize-fraud-warning.ts';
import {
  invoiceCustomer,
  invoiceCustomerName,
  invoiceSubscription,
  normalizeInvoice,
} from './normalize-invoice.ts';
import { normalizeMeterError } from './normalize-meter-error.ts';
import { normalizePayout } from './normalize-payout.ts';
import { normalizeSubscription } from './normalize-subscription.ts';

type Envelope = ReturnType<typeof envelopeOf>;

/** Null when the event says nothing that we use. */
type Read = (object: Fields, envelope: Envelope) => BillingEvent | null;

function invoiceAs(kind: InvoiceEvent['kind']): (object: Fields, envelope: Envelope) => InvoiceEvent {
  return (object, envelope) => ({
    ...envelope,
    customer: invoiceCustomer(object),
    customerName: invoiceCustomerName(object),
    kind,
    invoice: normalizeInvoice(object),
  });
}

/**
 * Stripe's forecast of a renewal, days ahead: a draft without an id, made when its period ends. Usage is what was
 * reported so far, so it can only grow.
 */
const upcomingInvoice: Read = (object, envelope) => {
  const subscription = invoiceSubscription(object);
  if (subscription === null) return null;
  const draft = {
    ...object,
    id: subscription, // read like any other id; the prefix is added below, as an id may already have the full length
    created: object.period_end,
    status: 'draft',
    billing_reason: 'subscription_cycle',
    automatically_finalizes_at: object.next_payment_attempt,
  };
  const event = invoiceAs('invoice_upcoming')(draft, envelope);
  return { ...event, invoice: { ...event.invoice, id: `upcoming_${subscription}` } };
};

function chargeAs(kind: ChargeEvent['kind']): (object: Fields, envelope: Envelope) => ChargeEvent {
  return (object, envelope) => ({
    ...envelope,
    customer: chargeCustomer(object),
    customerName: chargeCustomerName(object),
    kind,
    charge: normalizeCharge(object),
  });
}

const succeededCharge = chargeAs('charge_succeeded');

/** Money that is only authorised has not moved; `charge.captured` follows when it does. */
const capturedCharge: Read = (object, envelope) => {
  const event = succeededCharge(object, envelope);
  return event.charge.amountCapturedMinor > 0 ? event : null;
};

const refunded = chargeAs('charge_refunded');

/** Stripe calls it refunded, too, when it releases an authorisation, or what a capture leaves of one. */
const refundedCharge: Read = (object, envelope) => {
  const event = refunded(object, envelope);
  return event.charge.amountRefundedMinor > 0 ? event : null;
};

function subscriptionAs(kind: SubscriptionEvent['kind']): Read {
  return (object, envelope) => ({
    ...envelope,
    customer: invoiceCustomer(object),
    customerName: null,
    kind,
    subscription: normalizeSubscription(object),
  });
}

const fraudWarning: Read = (object, envelope) => ({
  ...envelope,
  customer: null,
  customerName: null,
  kind: 'fraud_warning_received',
  warning: normalizeFraudWarning(object),
});

/** A dispute names its charge, not its customer. */
const disputedCharge: Read = (object, envelope) => {
  const dispute = normalizeDispute(object);
  if (dispute === null) return null;
  return { ...envelope, customer: null, customerName: null, kind: 'dispute_created', dispute };
};

const issuedCreditNote: Read = (object, envelope) => ({
  ...envelope,
  customer: invoiceCustomer(object),
  customerName: null,
  kind: 'credit_note_issued',
  creditNote: normalizeCreditNote(object),
});

const failedPayout: Read = (object, envelope) => ({
  ...envelope,
  customer: null,
  customerName: null,
  kind: 'payout_failed',
  payout: normalizePayout(object),
});

/** Stripe's type -> how it is read. `invoice.payment_succeeded` is `invoice.paid`'s twin and would count it twice. */
const readers: ReadonlyMap<string, Read> = new Map([
  ['invoice.upcoming', upcomingInvoice],
  ['invoice.created', invoiceAs('invoice_drafted')],
  ['invoice.updated', invoiceAs('invoice_updated')],
  ['invoice.finalized', invoiceAs('invoice_finalized')],
  ['invoice.paid', invoiceAs('invoice_paid')],
  ['invoice.voided', invoiceAs('invoice_voided')],
  ['invoice.deleted', invoiceAs('invoice_voided')],
  ['charge.succeeded', capturedCharge],
  ['charge.captured', capturedCharge],
  ['charge.failed', chargeAs('charge_failed')],
  ['charge.refunded', refundedCharge],
  ['customer.subscription.created', subscriptionAs('subscription_created')],
  ['customer.subscription.updated', subscriptionAs('subscription_updated')],
  ['customer.subscription.deleted', subscriptionAs('subscription_deleted')],
  ['radar.early_fraud_warning.created', fraudWarning],
  ['charge.dispute.created', disputedCharge],
  ['payout.failed', failedPayout],
  ['credit_note.created', issuedCreditNote],
]);

/** The event types to subscribe to, at most 20: Stripe's list of events takes no more. Thin events are separate. */
export const stripeEventTypes: readonly string[] = [...readers.keys()];

/** As Stripe names its types, e.g. `v2.core.account[requirements].updated`: what else one says is in no log. */
const typeShape = /^[\w.[\]]{1,120}$/;

export type Normalized =
  | { readonly kind: 'event'; readonly event: BillingEvent }
  /** A type we don't use, or a charge that has moved no money. `type` is short, and safe to log. */
  | { readonly kind: 'ignored'; readonly type: string }
  /** Only a notice that something happened, without the object itself, and not one that says enough. */
  | { readonly kind: 'thin'; readonly type: string }
  | { readonly kind: 'not_an_event' };

/**
 * A verified Stripe event of any API version in our own words. The version is recorded and never branched on.
 * For example, `normalizeEvent({ id: 'evt_1', type: 'invoice.paid', data: { object: {...} }, ... }, 1766000000)` is
 * { kind: 'event', event: { kind: 'invoice_paid', ... } }.
 *
 * @param event the parsed body, which may still be anything at all
 * @throws UnreadableEventError for an event of a type we use whose needed fields are missing or of the wrong type
 */
export function normalizeEvent(event: unknown, receivedAtSec: number): Normalized {
  if (!isFields(event)) return { kind: 'not_an_event' };
  if (id(event.id) === null || typeof event.type !== 'string') return { kind: 'not_an_event' };
  const type = typeShape.test(event.type) ? event.type : 'of no known shape';
  const object = fields(event.data).object;
  if (event.object === 'v2.core.event' || (!isFields(object) && isFields(event.related_object))) {
    const meterError = normalizeMeterError(event, receivedAtSec);
    return meterError === null ? { kind: 'thin', type } : { kind: 'event', event: meterError };
  }
  if (!isFields(object)) return { kind: 'not_an_event' };

  const read = readers.get(type)?.(object, envelopeOf(event, object, receivedAtSec)) ?? null;
  return read === null ? { kind: 'ignored', type } : { kind: 'event', event: read };
}

function envelopeOf(event: Fields, object: Fields, receivedAtSec: number) {
  const livemode = needed(flag(event.livemode), 'livemode');
  const occurredAtSec = needed(seconds(event.created), 'created');
  const isSimulated = isSimulatedTime({ livemode, occurredAtSec }, object, receivedAtSec);
  return {
    id: needed(id(event.id), 'id'),
    account: needed(accountId(event.account), 'account'),
    livemode,
    occurredAtSec,
    receivedAtSec,
    ...(isSimulated && ({ isSimulated } as const)),
    apiVersion: id(event.api_version),
  };
}
