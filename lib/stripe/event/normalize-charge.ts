import type { Charge } from '../../domain/events/billing-event.ts';
import { guestPrefix } from '../../domain/events/is-guest.ts';
import { currency, type Fields, fields, flag, id, integer, needed, seconds, text } from './fields.ts';

/**
 * A Stripe charge of any API version in our words. What is only authorised so far has captured nothing.
 * @throws UnreadableEventError without id, currency, time or captured amount
 */
export function normalizeCharge(charge: Fields): Charge {
  const amountCapturedMinor = needed(capturedAmount(charge), 'charge.amount_captured');
  const amountMinor = integer(charge.amount) ?? amountCapturedMinor;
  return {
    id: needed(id(charge.id), 'charge.id'),
    currency: needed(currency(charge.currency), 'charge.currency'),
    amountMinor,
    amountCapturedMinor,
    amountRefundedMinor: givenBack(charge, amountMinor - amountCapturedMinor),
    createdAtSec: needed(seconds(charge.created), 'charge.created'),
    paymentIntent: id(charge.payment_intent),
    invoice: id(charge.invoice),
    fingerprint: fingerprintOf(charge),
  };
}

/** Before 2020 a charge had no `amount_captured`: all of it was captured, or nothing. */
function capturedAmount(charge: Fields): number | null {
  if (charge.amount_captured !== undefined) return integer(charge.amount_captured);
  const captured = flag(charge.captured);
  return captured === false ? 0 : captured && integer(charge.amount);
}

/**
 * Stripe also counts as refunded what it released and never captured: a cancelled authorisation, the rest of a partial
 * capture. No money came back with that.
 */
function givenBack(charge: Fields, neverCapturedMinor: number): number {
  return Math.max(0, (integer(charge.amount_refunded) ?? 0) - Math.max(0, neverCapturedMinor));
}

/** `cus_...`, or the card a guest paid with, or null. */
export function chargeCustomer(charge: Fields): string | null {
  const customer = id(charge.customer);
  if (customer !== null) return customer;
  const fingerprint = fingerprintOf(charge);
  return fingerprint === null ? null : `${guestPrefix}${fingerprint}`;
}

function fingerprintOf(charge: Fields): string | null {
  return id(fields(fields(charge.payment_method_details).card).fingerprint);
}

export function chargeCustomerName(charge: Fields): string | null {
  const billing = fields(charge.billing_details);
  return text(billing.name) ?? text(billing.email);
}
