import type {
  BillingEvent,
  Charge,
  ChargeEvent,
  CreditNoteEvent,
  Invoice,
  InvoiceEvent,
  InvoiceLine,
  SubscriptionEvent,
} from '../../domain/events/billing-event.ts';
import type { SubscriptionItem } from '../../domain/events/subscription.ts';
import { daySec, hourSec } from '../../domain/time.ts';

/**
 * A case of a detector: after `history`, it fires at `event` or stays quiet. Every detector's file exports
 * `examples`; one generic test runs them all. A function, so that the bundler can leave it out of the Lambdas.
 */
export interface Example {
  readonly name: string;
  readonly history: readonly BillingEvent[];
  readonly event: BillingEvent;
}

export type Examples = () => { readonly fires: readonly Example[]; readonly quiet: readonly Example[] };

/** 1 January 2026, 00:00 UTC. */
const exampleStartSec = 1_767_225_600;
const monthSec = 30 * daySec;

/** A month of the example company's life, as Unix seconds. @example monthAtSec(0) // 1767225600 */
export function monthAtSec(month: number): number {
  return exampleStartSec + month * monthSec;
}

const envelope = {
  account: 'self',
  livemode: true,
  customer: 'cus_acme',
  customerName: 'Acme Ltd',
  apiVersion: '2026-10-28.endive',
} as const;

/** A customer's invoice as Stripe would draft it in the given month. */
export function exampleInvoice(
  month: number,
  amountMinor: number,
  changes: Partial<Invoice> = {},
  kind: InvoiceEvent['kind'] = 'invoice_drafted',
): InvoiceEvent {
  const id = changes.id ?? `in_${month}`;
  const atSec = monthAtSec(month);
  const invoice: Invoice = {
    id,
    number: null,
    currency: 'usd',
    status: kind === 'invoice_drafted' ? 'draft' : 'open',
    createdAtSec: atSec,
    finalizesAtSec: atSec + hourSec,
    dueAtSec: null,
    collectionMethod: 'charge_automatically',
    billingReason: 'subscription_cycle',
    subscription: 'sub_1',
    isRevision: false,
    amountDueMinor: amountMinor,
    amountPaidMinor: 0,
    amountRemainingMinor: amountMinor,
    totalMinor: amountMinor,
    totalExcludingTaxMinor: amountMinor,
    subtotalMinor: amountMinor,
    startingBalanceMinor: 0,
    endingBalanceMinor: null,
    prePaymentCreditNotesMinor: 0,
    hasShipping: false,
    attachedDiscounts: [],
    discounts: [],
    pretaxCredits: [],
    taxes: [],
    linesComplete: true,
    lines: [exampleLine(month, amountMinor)],
    ...changes,
  };
  const delaySec = kind === 'invoice_drafted' ? 0 : hourSec;
  const occurredAtSec = atSec + delaySec;
  return {
    ...envelope,
    id: `evt_${kind}_${id}`,
    kind,
    occurredAtSec,
    receivedAtSec: occurredAtSec + 1,
    invoice,
  };
}

export function exampleLine(
  month: number,
  amountMinor: number,
  changes: Partial<InvoiceLine> = {},
): InvoiceLine {
  return {
    id: `il_${month}`,
    description: 'Pro plan',
    amountMinor,
    quantity: '1',
    quantityIsExact: true,
    unitAmountMinor: String(amountMinor),
    price: 'price_pro',
    subscriptionItem: 'si_1',
    proration: false,
    pricing: null,
    metered: false,
    periodStartSec: monthAtSec(month),
    periodEndSec: monthAtSec(month + 1),
    discounts: [],
    taxes: [],
    ...changes,
  };
}

/** Metered usage of the month before, billed in arrears. */
export function exampleUsageInvoice(month: number, quantity: number, unitMinor = 2): InvoiceEvent {
  const amountMinor = Math.round(quantity * unitMinor);
  const line = exampleLine(month, amountMinor, {
    description: 'API calls',
    quantity: String(quantity),
    unitAmountMinor: String(unitMinor),
    price: 'price_calls',
    metered: true,
    periodStartSec: monthAtSec(month - 1),
    periodEndSec: monthAtSec(month),
  });
  return exampleInvoice(month, amountMinor, { lines: [line] });
}

export function exampleCharge(
  month: number,
  amountMinor: number,
  changes: Partial<Charge> = {},
  kind: ChargeEvent['kind'] = 'charge_succeeded',
): ChargeEvent {
  const id = changes.id ?? `ch_${month}`;
  const createdAtSec = changes.createdAtSec ?? monthAtSec(month) + 3700;
  const charge: Charge = {
    id,
    currency: 'usd',
    amountMinor,
    amountCapturedMinor: amountMinor,
    amountRefundedMinor: 0,
    paymentIntent: `pi_${month}`,
    invoice: null,
    fingerprint: 'card1',
    ...changes,
    createdAtSec,
  };
  const occurredAtSec = charge.createdAtSec + 1;
  return {
    ...envelope,
    id: `evt_${kind}_${id}`,
    kind,
    occurredAtSec,
    receivedAtSec: occurredAtSec + 1,
    charge,
  };
}

/** Charges of one amount that fail, each so many seconds after the start of the month. */
export function exampleFailures(month: number, amountMinor: number, afterSec: readonly number[]) {
  return afterSec.map((sec) => {
    const changes = { id: `ch_failed_${month}_${sec}`, createdAtSec: monthAtSec(month) + sec };
    return exampleCharge(month, amountMinor, changes, 'charge_failed');
  });
}

/** The charge of the month, of which so much is refunded by now, so many seconds after the start of `inMonth`. */
export function exampleRefund(
  month: number,
  amountMinor: number,
  inMonth: number,
  afterSec: number,
  amountRefundedMinor = amountMinor,
): ChargeEvent {
  const refund = exampleCharge(month, amountMinor, { amountRefundedMinor }, 'charge_refunded');
  const occurredAtSec = monthAtSec(inMonth) + afterSec;
  return { ...refund, id: `${refund.id}_${occurredAtSec}`, occurredAtSec, receivedAtSec: occurredAtSec + 1 };
}

/** What was taken off an invoice again, a minute after it was made. */
export function exampleCreditNote(
  { id, currency, createdAtSec }: Invoice,
  amountMinor: number,
): CreditNoteEvent {
  const atSec = createdAtSec + 60;
  const creditNote = { id: `cn_${id}`, invoice: id, currency, amountMinor, createdAtSec: atSec };
  const kind = 'credit_note_issued';
  return {
    ...envelope,
    id: `evt_cn_${id}`,
    kind,
    occurredAtSec: atSec,
    receivedAtSec: atSec + 1,
    creditNote,
  };
}

/** A subscription to the pro plan as it stands at the start of the month, paid until the next. */
export function exampleSubscription(
  month: number,
  changes: Partial<SubscriptionItem> = {},
  kind: SubscriptionEvent['kind'] = 'subscription_updated',
): SubscriptionEvent {
  const item: SubscriptionItem = {
    id: 'si_1',
    price: 'price_pro',
    unitAmountMinor: '41000',
    currency: 'usd',
    intervalDays: 31,
    pricing: 'per_unit',
    metered: false,
    quantity: 1,
    periodEndSec: monthAtSec(month + 1),
    ...changes,
  };
  const subscription = {
    id: 'sub_1',
    status: 'active',
    currency: item.currency,
    createdAtSec: monthAtSec(0),
    isChanging: false,
    isPaused: false,
    trialEndsAtSec: null,
    endsWithPeriod: false,
    endsAtSec: null,
    items: [item],
  };
  const occurredAtSec = monthAtSec(month);
  return {
    ...envelope,
    id: `evt_${kind}_${month}`,
    kind,
    occurredAtSec,
    receivedAtSec: occurredAtSec + 1,
    subscription,
  };
}

/** One event for each amount, a month apart. For example, `monthly(exampleCharge, [900, 900])`. */
export function monthly(make: (month: number, minor: number) => BillingEvent, amounts: readonly number[]) {
  return amounts.map((minor, month) => make(month, minor));
}
