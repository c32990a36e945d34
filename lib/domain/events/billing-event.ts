import type { CreditNote } from './credit-note.ts';
import type { Dispute } from './dispute.ts';
import type { FraudWarning } from './fraud-warning.ts';
import type { Payout } from './payout.ts';
import type { Subscription } from './subscription.ts';

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

/** A Stripe account in one mode. Test and live mode, and connected accounts, never mix. */
export interface AccountKey {
  /** `acct_...` of a connected account; `self` for the account the webhook endpoint belongs to. */
  readonly account: string;
  readonly livemode: boolean;
}

/** Whose event it is. */
export interface CustomerKey extends AccountKey {
  /** `cus_...`, or for a guest a stand-in such as `card_<fingerprint>`; `null` when nobody can be named. */
  readonly customer: string | null;
}

interface Envelope extends CustomerKey {
  /** `evt_...` */
  readonly id: string;
  /** Stripe's `event.created`: when it happened, not when it arrived. */
  readonly occurredAtSec: number;
  readonly receivedAtSec: number;
  /** Stripe did not deliver it: `reconcile` fetched it, or made it of an object that no event told of. */
  readonly isFetched?: true;
  /** Its times are those of a test clock, which simulates months within minutes; in test mode only. */
  readonly isSimulated?: true;
  readonly apiVersion: string | null;
  /** The name on the bill, cleaned and capped; for people, never for matching. */
  readonly customerName: string | null;
}

export interface InvoiceEvent extends Envelope {
  readonly kind: (typeof invoiceEventKinds)[number];
  readonly invoice: Invoice;
}

export interface ChargeEvent extends Envelope {
  readonly kind: (typeof chargeEventKinds)[number];
  readonly charge: Charge;
}

export interface SubscriptionEvent extends Envelope {
  readonly kind: (typeof subscriptionEventKinds)[number];
  readonly subscription: Subscription;
}

export interface FraudWarningEvent extends Envelope {
  readonly kind: 'fraud_warning_received';
  readonly warning: FraudWarning;
}

export interface DisputeEvent extends Envelope {
  readonly kind: (typeof disputeEventKinds)[number];
  readonly dispute: Dispute;
}

export interface PayoutEvent extends Envelope {
  readonly kind: 'payout_failed';
  readonly payout: Payout;
}

export interface CreditNoteEvent extends Envelope {
  readonly kind: 'credit_note_issued';
  readonly creditNote: CreditNote;
}

/** Stripe could not count usage that was reported to it. */
export interface UsageRefusedEvent extends Envelope {
  readonly kind: 'usage_refused';
  /** `mtr_...`; `meters` when no meter takes what was reported. */
  readonly meter: { readonly id: string };
}

export type BillingEvent =
  | InvoiceEvent
  | ChargeEvent
  | SubscriptionEvent
  | FraudWarningEvent
  | DisputeEvent
  | PayoutEvent
  | CreditNoteEvent
  | UsageRefusedEvent;

export interface Invoice {
  /** `in_...`; of an upcoming one, which Stripe has not made yet, `upcoming_sub_...`. */
  readonly id: string;
  /** The number people see, e.g. `ACME-0042`; drafts have none. */
  readonly number: string | null;
  /** Lower-case ISO 4217, as Stripe writes it. */
  readonly currency: string;
  readonly status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void' | null;
  readonly createdAtSec: number;
  /** `automatically_finalizes_at`: until then the draft can still be put right. */
  readonly finalizesAtSec: number | null;
  /**
   * `estimated`: Stripe does not say, and by default waits an hour. `unsaid`: null as the event does not say. Undefined:
   * as Stripe says, and null is that it will not finalise the draft by itself.
   */
  readonly finalizesAtIs?: 'estimated' | 'unsaid';
  /** When it became final (`status_transitions.finalized_at`); undefined of a draft, and where the event does not say. */
  readonly finalizedAtSec?: number;
  readonly dueAtSec: number | null;
  readonly collectionMethod: 'charge_automatically' | 'send_invoice' | null;
  readonly billingReason: string | null;
  readonly subscription: string | null;
  /** Made from another invoice (`from_invoice`). */
  readonly isRevision: boolean;
  readonly amountDueMinor: number;
  readonly amountPaidMinor: number | null;
  readonly amountRemainingMinor: number | null;
  readonly totalMinor: number;
  readonly totalExcludingTaxMinor: number | null;
  readonly subtotalMinor: number | null;
  readonly startingBalanceMinor: number | null;
  readonly endingBalanceMinor: number | null;
  readonly prePaymentCreditNotesMinor: number | null;
  readonly hasShipping: boolean;
  /** `di_...` of the discounts attached to the invoice as a whole, whether or not they took anything off. */
  readonly attachedDiscounts: readonly string[] | null;
  /** `total_discount_amounts`. */
  readonly discounts: readonly Reduction[] | null;
  /** `total_pretax_credit_amounts`: discounts and credit grants; older shapes do not have it. */
  readonly pretaxCredits: readonly Reduction[] | null;
  readonly taxes: readonly Tax[] | null;
  /** False when Stripe cut the list (events hold at most ten lines). */
  readonly linesComplete: boolean;
  readonly lines: readonly InvoiceLine[];
}

export interface Reduction {
  readonly amountMinor: number;
  /** `di_...`; null for a credit grant. */
  readonly discount: string | null;
}

export interface Tax {
  readonly amountMinor: number;
  readonly inclusive: boolean;
  /** `txr_...` */
  readonly rate: string | null;
  readonly reason: string | null;
  readonly taxableMinor: number | null;
  /** Per cent as a decimal string, when the rate is in the event. */
  readonly percentage: string | null;
}

export interface InvoiceLine {
  readonly id: string;
  readonly description: string | null;
  readonly amountMinor: number;
  /** Decimal string; `quantity_decimal` where present. */
  readonly quantity: string | null;
  /** False in shapes of before `quantity_decimal`, which cut fractions off. */
  readonly quantityIsExact: boolean;
  /** Decimal string of minor units per unit. */
  readonly unitAmountMinor: string | null;
  readonly price: string | null;
  readonly subscriptionItem: string | null;
  readonly proration: boolean | null;
  /**
   * `per_unit` only when the event carries the Price, it has neither tiers nor `transform_quantity`, and the line
   * bills no more than one of its intervals. Today's events don't: there a one-off line that tells its unit amount is
   * `per_unit_or_package`, and of a subscription's line amount = unit x quantity is not provable.
   */
  readonly pricing: 'per_unit' | 'per_unit_or_package' | 'not_per_unit' | null;
  /** Billed by usage: said by the price (old shape), or the period lies behind the invoice (in arrears). */
  readonly metered: boolean;
  readonly periodStartSec: number;
  readonly periodEndSec: number;
  readonly discounts: readonly Reduction[] | null;
  readonly taxes: readonly Tax[] | null;
}

export interface Charge {
  /** `ch_...` */
  readonly id: string;
  readonly currency: string;
  /** What was asked for; of a failed charge nothing was captured. */
  readonly amountMinor: number;
  readonly amountCapturedMinor: number;
  /** Cumulative: all that went back so far, without what was released and never captured. */
  readonly amountRefundedMinor: number;
  readonly createdAtSec: number;
  readonly paymentIntent: string | null;
  /** Only the old shape says it. */
  readonly invoice: string | null;
  /** The same for the same card number, whoever pays with it; null when it was no card. */
  readonly fingerprint: string | null;
}
