import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';
import { creditNoteSchema } from './credit-note.ts';
import { disputeSchema } from './dispute.ts';
import { fraudWarningSchema } from './fraud-warning.ts';
import { payoutSchema } from './payout.ts';
import { subscriptionSchema } from './subscription.ts';

/**
 * What happened in Stripe, in our own words: ids, integers, times, and the few texts an email shows.
 * `lib/stripe/event/normalize.ts` makes these from Stripe's events; nothing else in the system knows Stripe's shapes.
 *
 * Money is integer minor units (`...Minor`), times are Unix seconds (`...Sec`), decimals are strings.
 * `null` always means "the event does not say", never zero.
 */
export const invoiceEventKinds = [
  'invoice_upcoming',
  'invoice_drafted',
  'invoice_updated',
  'invoice_finalized',
  'invoice_paid',
  'invoice_voided',
] as const;

export const chargeEventKinds = ['charge_succeeded', 'charge_failed', 'charge_refunded'] as const;

export const subscriptionEventKinds = [
  'subscription_created',
  'subscription_updated',
  'subscription_deleted',
] as const;

export const disputeEventKinds = ['dispute_created'] as const;

export const billingEventKinds = [
  ...invoiceEventKinds,
  ...chargeEventKinds,
  ...subscriptionEventKinds,
  'fraud_warning_received',
  ...disputeEventKinds,
  'payout_failed',
  'credit_note_issued',
  'usage_refused',
] as const;

export type BillingEventKind = (typeof billingEventKinds)[number];

const accountKeySchema = z.object({
  /**
   * `self`, or the name of a configured account; with `acct_...` behind it of one connected to that, and alone of one
   * connected to `self`: see `stripeAccountOf`.
   */
  account: z.stringFormat('account', /^[\w./-]{1,255}$/),
  livemode: z.boolean(),
});
/** A Stripe account in one mode. Test and live mode, and connected accounts, never mix. */
export type AccountKey = Immutable<z.infer<typeof accountKeySchema>>;

export const customerKeySchema = z.extend(accountKeySchema, {
  /** `cus_...`, or for a guest a stand-in such as `card_<fingerprint>`; `null` when no customer can be named. */
  customer: z.nullable(z.stringFormat('customer', /^.{1,500}$/su)),
});
/** Whose event it is. */
export type CustomerKey = Immutable<z.infer<typeof customerKeySchema>>;

const envelopeSchema = z.extend(customerKeySchema, {
  /** `evt_...` */
  id: z.string(),
  /** Stripe's `event.created`: when it happened, not when it arrived. */
  occurredAtSec: z.int(),
  receivedAtSec: z.int(),
  /** Stripe did not deliver it: `reconcile` fetched it, or made it of an object without an event. */
  isFetched: z.optional(z.literal(true)),
  /** Its times are those of a test clock, which simulates months within minutes; in test mode only. */
  isSimulated: z.optional(z.literal(true)),
  apiVersion: z.nullable(z.string()),
  /** The name on the bill, cleaned and capped; for people, never for matching. */
  customerName: z.nullable(z.string()),
});

const reductionSchema = z.object({
  amountMinor: z.int(),
  /** `di_...`; null for a credit grant. */
  discount: z.nullable(z.string()),
});
export type Reduction = Immutable<z.infer<typeof reductionSchema>>;

const taxSchema = z.object({
  amountMinor: z.int(),
  inclusive: z.boolean(),
  /** `txr_...` */
  rate: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  taxableMinor: z.nullable(z.int()),
  /** Per cent as a decimal string, when the rate is in the event. */
  percentage: z.nullable(z.string()),
});
export type Tax = Immutable<z.infer<typeof taxSchema>>;

const invoiceLineSchema = z.object({
  id: z.string(),
  description: z.nullable(z.string()),
  amountMinor: z.int(),
  /** Decimal string; `quantity_decimal` where present. */
  quantity: z.nullable(z.string()),
  /** False in shapes from before `quantity_decimal`, which cut fractions off. */
  quantityIsExact: z.boolean(),
  /** Decimal string of minor units per unit. */
  unitAmountMinor: z.nullable(z.string()),
  price: z.nullable(z.string()),
  subscriptionItem: z.nullable(z.string()),
  proration: z.nullable(z.boolean()),
  /**
   * `per_unit` only when the event carries the Price, it has neither tiers nor `transform_quantity`, and the line
   * bills no more than one of its intervals. Today's events don't: there a one-off line that has its unit amount is
   * `per_unit_or_package`, and of a subscription's line amount = unit x quantity is not provable.
   */
  pricing: z.nullable(z.enum(['per_unit', 'per_unit_or_package', 'not_per_unit'])),
  /** Billed by usage: said by the price (old shape), or the period lies behind the invoice (in arrears). */
  metered: z.boolean(),
  periodStartSec: z.int(),
  periodEndSec: z.int(),
  discounts: z.nullable(z.array(reductionSchema)),
  taxes: z.nullable(z.array(taxSchema)),
});
export type InvoiceLine = Immutable<z.infer<typeof invoiceLineSchema>>;

const invoiceSchema = z.object({
  /** `in_...`; of an upcoming one, which Stripe has not made yet, `upcoming_sub_...`. */
  id: z.string(),
  /** The number people see, e.g. `ACME-0042`; drafts have none. */
  number: z.nullable(z.string()),
  /** Lower-case ISO 4217, as Stripe writes it. */
  currency: z.string(),
  status: z.nullable(z.enum(['draft', 'open', 'paid', 'uncollectible', 'void'])),
  createdAtSec: z.int(),
  /** `automatically_finalizes_at`: until then the draft can still be corrected. */
  finalizesAtSec: z.nullable(z.int()),
  /** `estimated`: by default Stripe waits an hour. `unsaid`: the event does not say. Undefined: as Stripe says. */
  finalizesAtIs: z.optional(z.enum(['estimated', 'unsaid'])),
  finalizedAtSec: z.optional(z.int()), // of a final one, where the event says so
  dueAtSec: z.nullable(z.int()),
  collectionMethod: z.nullable(z.enum(['charge_automatically', 'send_invoice'])),
  billingReason: z.nullable(z.string()),
  subscription: z.nullable(z.string()),
  /** Made from another invoice (`from_invoice`). */
  isRevision: z.boolean(),
  amountDueMinor: z.int(),
  amountPaidMinor: z.nullable(z.int()),
  amountRemainingMinor: z.nullable(z.int()),
  totalMinor: z.int(),
  totalExcludingTaxMinor: z.nullable(z.int()),
  subtotalMinor: z.nullable(z.int()),
  startingBalanceMinor: z.nullable(z.int()),
  endingBalanceMinor: z.nullable(z.int()),
  prePaymentCreditNotesMinor: z.nullable(z.int()),
  hasShipping: z.boolean(),
  /** `di_...` of the discounts attached to the invoice as a whole, whether or not they took anything off. */
  attachedDiscounts: z.nullable(z.array(z.string())),
  /** `total_discount_amounts`. */
  discounts: z.nullable(z.array(reductionSchema)),
  /** `total_pretax_credit_amounts`: discounts and credit grants; older shapes do not have it. */
  pretaxCredits: z.nullable(z.array(reductionSchema)),
  taxes: z.nullable(z.array(taxSchema)),
  /** False when Stripe cut the list (events hold at most ten lines). */
  linesComplete: z.boolean(),
  lines: z.array(invoiceLineSchema),
});
export type Invoice = Immutable<z.infer<typeof invoiceSchema>>;

const chargeSchema = z.object({
  /** `ch_...` */
  id: z.string(),
  currency: z.string(),
  /** What was asked for; of a failed charge nothing was captured. */
  amountMinor: z.int(),
  amountCapturedMinor: z.int(),
  /** Cumulative: all that went back so far, without what was released and never captured. */
  amountRefundedMinor: z.int(),
  createdAtSec: z.int(),
  paymentIntent: z.nullable(z.string()),
  /** Only the old shape says it. */
  invoice: z.nullable(z.string()),
  /** The same for the same card number, whoever pays with it; null when it was no card. */
  fingerprint: z.nullable(z.string()),
});
export type Charge = Immutable<z.infer<typeof chargeSchema>>;

const invoiceEventSchema = z.extend(envelopeSchema, {
  kind: z.enum(invoiceEventKinds),
  invoice: invoiceSchema,
});
export type InvoiceEvent = Immutable<z.infer<typeof invoiceEventSchema>>;

const chargeEventSchema = z.extend(envelopeSchema, {
  kind: z.enum(chargeEventKinds),
  charge: chargeSchema,
});
export type ChargeEvent = Immutable<z.infer<typeof chargeEventSchema>>;

const subscriptionEventSchema = z.extend(envelopeSchema, {
  kind: z.enum(subscriptionEventKinds),
  subscription: subscriptionSchema,
});
export type SubscriptionEvent = Immutable<z.infer<typeof subscriptionEventSchema>>;

const fraudWarningEventSchema = z.extend(envelopeSchema, {
  kind: z.literal('fraud_warning_received'),
  warning: fraudWarningSchema,
});
export type FraudWarningEvent = Immutable<z.infer<typeof fraudWarningEventSchema>>;

const disputeEventSchema = z.extend(envelopeSchema, {
  kind: z.enum(disputeEventKinds),
  dispute: disputeSchema,
});

const payoutEventSchema = z.extend(envelopeSchema, {
  kind: z.literal('payout_failed'),
  payout: payoutSchema,
});
export type PayoutEvent = Immutable<z.infer<typeof payoutEventSchema>>;

const creditNoteEventSchema = z.extend(envelopeSchema, {
  kind: z.literal('credit_note_issued'),
  creditNote: creditNoteSchema,
});
export type CreditNoteEvent = Immutable<z.infer<typeof creditNoteEventSchema>>;

const usageRefusedEventSchema = z.extend(envelopeSchema, {
  kind: z.literal('usage_refused'),
  /** `mtr_...`; `meters` when no meter takes what was reported. */
  meter: z.object({ id: z.string() }),
});
/** Stripe could not count usage that was reported to it. */
export type UsageRefusedEvent = Immutable<z.infer<typeof usageRefusedEventSchema>>;

export const billingEventSchema = z.discriminatedUnion('kind', [
  invoiceEventSchema,
  chargeEventSchema,
  subscriptionEventSchema,
  fraudWarningEventSchema,
  disputeEventSchema,
  payoutEventSchema,
  creditNoteEventSchema,
  usageRefusedEventSchema,
]);
export type BillingEvent = Immutable<z.infer<typeof billingEventSchema>>;
