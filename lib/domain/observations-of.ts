import type { BillingEvent, ChargeEvent, InvoiceEvent, SubscriptionEvent } from './billing-event.ts';
import type { PartName } from './customer-record.ts';
import { objectHash } from './object-hash.ts';
import type { Observation } from './series.ts';
import { type ItemFact, invoiceSeriesKey, seriesKey } from './series-key.ts';
import { usageByPrice } from './usage.ts';

/** An observation and the series it goes to. */
export interface Place {
  readonly part: PartName;
  readonly key: string;
  readonly seen: Observation;
}

/** What an event says of its object, all of it in one part of the record. */
export function observationsOf(event: BillingEvent): readonly Place[] {
  switch (event.kind) {
    case 'charge_succeeded':
    case 'charge_failed':
    case 'charge_refunded':
      return [chargeObservation(event)];
    case 'subscription_created':
    case 'subscription_updated':
    case 'subscription_deleted':
      return subscriptionObservations(event);
    case 'dispute_created':
      return []; // names no customer: it counts for the account alone
    default:
      return invoiceObservations(event);
  }
}

function chargeObservation(event: ChargeEvent): Place {
  const { charge } = event;
  const places = {
    charge_succeeded: {
      part: 'charges',
      key: seriesKey.charge(charge.currency),
      value: charge.amountCapturedMinor,
    },
    charge_failed: { part: 'setbacks', key: seriesKey.failed(charge.currency), value: charge.amountMinor },
    charge_refunded: {
      part: 'setbacks',
      key: seriesKey.refunded(charge.currency),
      value: charge.amountRefundedMinor,
    },
  } as const;
  const { part, key, value } = places[event.kind];
  const object = { atSec: charge.createdAtSec, hash: objectHash(charge.id) };
  const revision = Math.max(0, event.occurredAtSec - charge.createdAtSec);
  return { part, key, seen: { ...object, value, revision, voided: false, verdict: 'none' } };
}

/** An invoice's stages, for events of the same second. */
const stages = {
  invoice_drafted: 0,
  invoice_updated: 1,
  invoice_finalized: 2,
  invoice_paid: 3,
  invoice_voided: 4,
};

function invoiceObservations(event: InvoiceEvent): readonly Place[] {
  const { invoice } = event;
  const object = {
    atSec: invoice.createdAtSec,
    hash: objectHash(invoice.id),
    revision: Math.max(0, event.occurredAtSec - invoice.createdAtSec) * 8 + stages[event.kind],
    voided: event.kind === 'invoice_voided' || invoice.status === 'void',
    verdict: 'none' as const,
  };
  return [
    {
      part: 'invoices',
      key: invoiceSeriesKey(event),
      seen: { ...object, value: Math.max(0, invoice.amountDueMinor) },
    },
    ...usageByPrice(invoice).map(({ price, perDayMilli }): Place => {
      return { part: 'invoices', key: seriesKey.usage(price), seen: { ...object, value: perDayMilli } };
    }),
  ];
}

function subscriptionObservations({
  kind,
  occurredAtSec,
  subscription,
}: SubscriptionEvent): readonly Place[] {
  const object = {
    atSec: subscription.createdAtSec,
    hash: objectHash(subscription.id),
    revision:
      Math.max(0, occurredAtSec - subscription.createdAtSec) * 2 + (kind === 'subscription_deleted' ? 1 : 0),
    voided: false,
    verdict: 'none' as const,
  };
  const isLive =
    kind !== 'subscription_deleted' && subscription.status === 'active' && !subscription.isChanging;
  return subscription.items.flatMap((item) => {
    const isPerUnit = item.pricing === 'per_unit' && !item.metered;
    const facts: Readonly<Record<ItemFact, number | null>> = {
      price: objectHash(item.price),
      unit: isPerUnit ? wholeOrNull(item.unitAmountMinor) : null,
      quantity: item.quantity,
      end: item.periodEndSec,
      live: isLive ? 1 : 0,
    };
    return Object.entries(facts).flatMap(([fact, value]): readonly Place[] => {
      const key = seriesKey.item(item.id, fact as ItemFact);
      return value === null ? [] : [{ part: 'subscriptions', key, seen: { ...object, value } }];
    });
  });
}

function wholeOrNull(decimal: string | null): number | null {
  const value = Number(decimal ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}
