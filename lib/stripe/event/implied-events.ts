import { createHash } from 'node:crypto';
import type { AccountKey, BillingEvent } from '../../domain/events/billing-event.ts';
import { stripeAccountOf } from '../../domain/events/of-account.ts';
import { type Fields, fields, integer, isFields, seconds } from './fields.ts';
import { normalizeEvent } from './normalize.ts';

/** Something that must have happened to an object: the event's type and time, and the object as it was then. */
interface Moment {
  readonly type: string;
  readonly atSec: number | null;
  readonly object: Fields;
}

/**
 * The events that an object of Stripe's API must have had, in order of time: what streaming would have brought of it,
 * as far as the object still shows. Its last state is its own; the states before are rewound. The ids are derived, so
 * that the same object implies the same events each time.
 * For example, `impliedEvents(paidInvoice, { account: 'self', livemode: true }).map(({ kind }) => kind)` is
 * ['invoice_drafted', 'invoice_finalized', 'invoice_paid'].
 *
 * @param object an invoice, a charge (its refunds expanded), a refund (its charge expanded), a dispute, a credit note
 *   or a subscription; anything else implies nothing
 * @param receivedAtSec when we heard of it; without it, each event was heard of as it happened
 * @throws UnreadableEventError the object lacks what an event of its kind needs
 */
export function impliedEvents(
  object: Fields,
  { account, livemode }: AccountKey,
  receivedAtSec?: number,
): readonly BillingEvent[] {
  const moments = momentsOf.get(object.object)?.(object) ?? [];
  const { connectedAccount } = stripeAccountOf(account);
  return moments.flatMap(({ type, atSec, object: then }) => {
    if (atSec === null) return [];
    const event = {
      id: impliedId(type, String(object.id), atSec),
      object: 'event',
      type,
      created: atSec,
      livemode,
      account: connectedAccount,
      api_version: null,
      data: { object: then },
    };
    const read = normalizeEvent(event, receivedAtSec ?? atSec);
    return read.kind === 'event' ? [{ ...read.event, account }] : [];
  });
}

/** Readable up to 64 characters. Ids that were given once must stay: by them an event is known again. */
function impliedId(type: string, objectId: string, atSec: number): string {
  const text = `${type}:${objectId}:${atSec}`;
  return text.length <= 64 ? text : createHash('sha256').update(text).digest('hex');
}

const momentsOf: ReadonlyMap<unknown, (object: Fields) => readonly Moment[]> = new Map([
  ['invoice', invoiceMoments],
  ['charge', chargeMoments],
  ['refund', refundMoments],
  ['dispute', (dispute) => [momentOf('charge.dispute.created', dispute)]],
  ['subscription', subscriptionMoments],
  ['credit_note', (note) => [momentOf('credit_note.created', note)]],
]);

function momentOf(type: string, object: Fields): Moment {
  return { type, atSec: seconds(object.created), object };
}

function invoiceMoments(invoice: Fields): readonly Moment[] {
  const { finalized_at, paid_at, marked_uncollectible_at, voided_at } = fields(invoice.status_transitions);
  const unpaid = {
    ...invoice,
    amount_paid: 0,
    amount_remaining: Math.max(0, integer(invoice.amount_due) ?? 0),
    amount_overpaid: 0,
  };
  const draft = {
    ...unpaid,
    status: 'draft',
    ending_balance: null,
    automatically_finalizes_at: finalized_at,
  };
  const moments = [
    momentOf('invoice.created', draft),
    { type: 'invoice.finalized', atSec: seconds(finalized_at), object: { ...unpaid, status: 'open' } },
    { type: 'invoice.paid', atSec: seconds(paid_at), object: invoice },
    { type: 'invoice.updated', atSec: seconds(marked_uncollectible_at), object: invoice },
    { type: 'invoice.voided', atSec: seconds(voided_at), object: invoice },
  ].filter(({ atSec }) => atSec !== null);
  return moments.map((moment, index) =>
    index === moments.length - 1 ? { ...moment, object: invoice } : moment,
  );
}

function chargeMoments(charge: Fields): readonly Moment[] {
  if (charge.status === 'failed') return [momentOf('charge.failed', charge)];
  if (charge.status !== 'succeeded') return [];
  return [momentOf('charge.succeeded', { ...charge, amount_refunded: 0 }), ...refundsOf(charge)];
}

/** `amount_refunded` is a sum so far: of each refund, what it was then. Lists hold ten refunds, the newest. */
function refundsOf(charge: Fields): readonly Moment[] {
  const { data } = fields(charge.refunds);
  const refunds = (Array.isArray(data) ? data.map(fields) : [])
    .filter(isRefunded)
    .sort((a, b) => (seconds(a.created) ?? 0) - (seconds(b.created) ?? 0));
  const listed = refunds.reduce((sum, { amount }) => sum + (integer(amount) ?? 0), 0);
  let refunded = (integer(charge.amount_refunded) ?? 0) - listed;
  return refunds.map(({ amount, created }) => {
    refunded += integer(amount) ?? 0;
    const then = { ...charge, amount_refunded: refunded };
    return { type: 'charge.refunded', atSec: seconds(created), object: then };
  });
}

function refundMoments(refund: Fields): readonly Moment[] {
  const isKnown = isFields(refund.charge) && isRefunded(refund);
  return isKnown
    ? [{ type: 'charge.refunded', atSec: seconds(refund.created), object: fields(refund.charge) }]
    : [];
}

function isRefunded({ status }: Fields): boolean {
  return status !== 'failed' && status !== 'canceled';
}

/**
 * No field says when a subscription was last changed; its last renewal is the last change that is certain. Its earlier
 * state is not known either: it is taken as it is now.
 */
function subscriptionMoments(subscription: Fields): readonly Moment[] {
  const { data } = fields(subscription.items);
  const items = Array.isArray(data) ? data.map(fields) : [];
  const startsSec = [subscription, ...items].map((one) => seconds(one.current_period_start) ?? 0);
  const renewedAtSec = Math.max(...startsSec);
  const created = momentOf('customer.subscription.created', subscription);
  const renewed = { type: 'customer.subscription.updated', atSec: renewedAtSec, object: subscription };
  const endedAtSec = seconds(subscription.ended_at);
  return [
    created,
    ...(renewedAtSec > (created.atSec ?? 0) ? [renewed] : []),
    { type: 'customer.subscription.deleted', atSec: endedAtSec, object: subscription },
  ];
}
