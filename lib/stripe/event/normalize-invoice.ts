import type { Invoice, InvoiceLine } from '../../domain/events/billing-event.ts';
import { hourSec } from '../../domain/time.ts';
import {
  currency,
  type Fields,
  fields,
  id,
  integer,
  isFields,
  needed,
  oneOf,
  seconds,
  text,
} from './fields.ts';
import { normalizeInvoiceLine } from './normalize-invoice-line.ts';
import { normalizeReductions } from './normalize-reductions.ts';
import { normalizeTaxes, taxRatePercentages } from './normalize-taxes.ts';
import { UnreadableEventError } from './unreadable-event-error.ts';

/** Events hold at most ten lines; more would not fit a message. */
const maxLines = 20;
/** Discounts and taxes of all lines together, so that a normalised event stays below 64 KB with ids of the usual lengths. */
const maxLineEntries = 100;

const statuses = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const;
const collectionMethods = ['charge_automatically', 'send_invoice'] as const;
const billingReasonShape = /^\w{1,60}$/;

/**
 * A Stripe invoice of any API version in our words: each fact from its path of today, else its old path, else null.
 * @throws UnreadableEventError without id, currency, time, `amount_due` or `total`, or with an unreadable line
 */
export function normalizeInvoice(invoice: Fields): Invoice {
  const createdAtSec = needed(seconds(invoice.created), 'invoice.created');
  const finalizedAtSec = seconds(fields(invoice.status_transitions).finalized_at);
  const listed = linesOf(invoice.lines);
  const percentages = taxRatePercentages([
    invoice.default_tax_rates,
    ...listed.lines.map((line) => line.tax_rates),
  ]);
  const lines = listed.lines.map((line) => normalizeInvoiceLine(line, createdAtSec, percentages));

  return {
    id: needed(id(invoice.id), 'invoice.id'),
    number: text(invoice.number),
    currency: needed(currency(invoice.currency), 'invoice.currency'),
    status: oneOf(invoice.status, statuses),
    createdAtSec,
    ...finalization(invoice, createdAtSec),
    ...(finalizedAtSec !== null && { finalizedAtSec }),
    dueAtSec: seconds(invoice.due_date),
    collectionMethod: oneOf(invoice.collection_method, collectionMethods),
    billingReason: billingReasonOf(invoice.billing_reason),
    subscription: invoiceSubscription(invoice),
    isRevision: isFields(invoice.from_invoice),
    amountDueMinor: needed(integer(invoice.amount_due), 'invoice.amount_due'),
    amountPaidMinor: integer(invoice.amount_paid),
    amountRemainingMinor: integer(invoice.amount_remaining),
    totalMinor: needed(integer(invoice.total), 'invoice.total'),
    totalExcludingTaxMinor: integer(invoice.total_excluding_tax),
    subtotalMinor: integer(invoice.subtotal),
    startingBalanceMinor: integer(invoice.starting_balance),
    endingBalanceMinor: integer(invoice.ending_balance),
    prePaymentCreditNotesMinor: integer(invoice.pre_payment_credit_notes_amount),
    hasShipping: isFields(invoice.shipping_cost) || (invoice.amount_shipping ?? 0) !== 0,
    attachedDiscounts: attachedDiscounts(invoice),
    discounts: normalizeReductions(invoice.total_discount_amounts),
    pretaxCredits: normalizeReductions(invoice.total_pretax_credit_amounts),
    taxes: normalizeTaxes(invoice.total_taxes ?? invoice.total_tax_amounts, percentages),
    linesComplete: listed.complete,
    lines: withinMessage(lines),
  };
}

const defaultWaitSec = hourSec;
/** Stripe waits before it finalises these; others it finalises at once, or only when it is asked to. */
const waitsFor = ['subscription_cycle', 'subscription_threshold'];

/** Events of older API versions do not say when a draft is finalised. */
function finalization(
  { automatically_finalizes_at: said, status, auto_advance, billing_reason }: Fields,
  createdAtSec: number,
): Pick<Invoice, 'finalizesAtSec' | 'finalizesAtIs'> {
  if (said !== undefined || status !== 'draft' || auto_advance === false)
    return { finalizesAtSec: seconds(said) };
  const waits = auto_advance === true && waitsFor.some((reason) => reason === billing_reason);
  return waits
    ? { finalizesAtSec: createdAtSec + defaultWaitSec, finalizesAtIs: 'estimated' }
    : { finalizesAtSec: null, finalizesAtIs: 'unsaid' };
}

/** Ids today, expanded objects or one single discount in older shapes. */
function attachedDiscounts(invoice: Fields): readonly string[] | null {
  const attached = invoice.discounts ?? (isFields(invoice.discount) ? [invoice.discount] : null);
  if (!Array.isArray(attached) || attached.length > maxLines) return null;
  const ids = attached.map(id);
  return ids.every((known) => known !== null) ? ids : null;
}

/** @returns the lines that fit a message, and whether these are all lines of the invoice */
function linesOf(value: unknown): { lines: Fields[]; complete: boolean } {
  const data = fields(value).data;
  if (!Array.isArray(data)) return { lines: [], complete: false };
  const lines = data.slice(0, maxLines);
  if (!lines.every(isFields)) throw new UnreadableEventError('invoice.lines.data');
  return { lines, complete: data.length <= maxLines && fields(value).has_more === false };
}

function withinMessage(lines: readonly InvoiceLine[]): readonly InvoiceLine[] {
  const entries = lines.reduce(
    (sum, line) => sum + (line.discounts?.length ?? 0) + (line.taxes?.length ?? 0),
    0,
  );
  return entries <= maxLineEntries ? lines : lines.map((line) => ({ ...line, discounts: null, taxes: null }));
}

function billingReasonOf(value: unknown): string | null {
  return typeof value === 'string' && billingReasonShape.test(value) ? value : null;
}

export function invoiceSubscription(invoice: Fields): string | null {
  return id(fields(fields(invoice.parent).subscription_details).subscription) ?? id(invoice.subscription);
}

/** `cus_...`, else the account that is billed as a customer, else null. */
export function invoiceCustomer(invoice: Fields): string | null {
  return id(invoice.customer) ?? id(invoice.customer_account);
}

export function invoiceCustomerName(invoice: Fields): string | null {
  return text(invoice.customer_name) ?? text(invoice.customer_email);
}
