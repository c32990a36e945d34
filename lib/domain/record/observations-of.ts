import { billedHash } from '../events/billed-hash.ts';
import type {
  BillingEvent,
  ChargeEvent,
  CreditNoteEvent,
  Invoice,
  InvoiceEvent,
  SubscriptionEvent,
} from '../events/billing-event.ts';
import {
  type EffectiveRate,
  effectiveDiscount,
  effectiveTaxes,
  rateMillionths,
} from '../events/effective-rates.ts';
import { objectHash } from '../events/object-hash.ts';
import { priceHash } from '../events/price-hash.ts';
import { renewsAtSec } from '../events/renews-at-sec.ts';
import type { SubscriptionItem } from '../events/subscription.ts';
import { parseDecimal } from '../money/decimal.ts';
import { billedUnit } from './billed-unit.ts';
import type { PartName } from './customer-record.ts';
import { invoiceRevision } from './invoice-revision.ts';
import { prorationsMinor, unproratedMinor } from './prorations-minor.ts';
import { maxValue, type Observation } from './series.ts';
import { type ItemFact, invoiceSeriesKey, seriesKey } from './series-key.ts';
import { usageByPrice } from './usage.ts';

/** An observation and the series it goes to. */
export interface Place {
  readonly part: PartName;
  readonly key: string;
  readonly seen: Observation;
}

/** What an event says of its object, all of it in one part of the record; its amount first, where it has one. */
export function observationsOf(event: BillingEvent): readonly Place[] {
  switch (event.kind) {
    case 'charge_succeeded':
    case 'charge_failed':
    case 'charge_refunded':
      return [amountObservation(event)];
    case 'subscription_created':
    case 'subscription_updated':
    case 'subscription_deleted':
      return subscriptionObservations(event);
    case 'credit_note_issued':
      return [creditNoteObservation(event)];
    case 'fraud_warning_received':
    case 'dispute_created':
    case 'payout_failed':
    case 'usage_refused':
      return []; // they name no customer
    case 'invoice_upcoming':
      return []; // a forecast: what becomes of it, its draft says
    default:
      return invoiceObservations(event);
  }
}

/** The amount of a charge, or what is due of an invoice: what most detectors ask for. */
export function amountObservation(event: ChargeEvent | InvoiceEvent): Place {
  return 'charge' in event ? chargeObservation(event) : invoiceAmount(event);
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

/** The credit note under the hash of its invoice, so that it is found from there; its time distinguishes several. */
function creditNoteObservation({ creditNote }: CreditNoteEvent): Place {
  const { invoice, currency, amountMinor, createdAtSec } = creditNote;
  const object = { atSec: createdAtSec, hash: objectHash(invoice) };
  const seen = { ...object, value: amountMinor, revision: 0, voided: false, verdict: 'none' as const };
  return { part: 'setbacks', key: seriesKey.credited(currency), seen };
}

function invoiceAmount(event: InvoiceEvent): Place {
  const { kind, invoice } = event;
  const seen = {
    atSec: invoice.createdAtSec,
    hash: objectHash(invoice.id),
    value: Math.max(0, invoice.amountDueMinor),
    revision: invoiceRevision(event),
    voided: kind === 'invoice_voided' || invoice.status === 'void',
    verdict: 'none' as const,
  };
  return { part: 'invoices', key: invoiceSeriesKey(event), seen };
}

function invoiceObservations(event: InvoiceEvent): readonly Place[] {
  const { invoice } = event;
  const amount = invoiceAmount(event);
  const at = (key: string, value: number): Place => ({ ...amount, key, seen: { ...amount.seen, value } });
  const billed = billedHash(event);
  const isProrated = invoice.linesComplete && prorationsMinor(invoice) !== 0;
  return [
    amount,
    ...(event.isSimulated ? [at(seriesKey.clock, 1)] : []),
    ...(billed === undefined ? [] : [at(seriesKey.billed, billed)]),
    ...(isProrated ? [at(seriesKey.unprorated(invoice.currency), unproratedMinor(invoice))] : []),
    ...usageByPrice(invoice).flatMap(({ price, perDayMilli, dearestMillionths }) => [
      at(seriesKey.usage(price), perDayMilli),
      // What stayed within a free tier says nothing of what the next one costs.
      ...(dearestMillionths > 0 ? [at(seriesKey.dearest(price), dearestMillionths)] : []),
    ]),
    ...sharesByKey(invoice).map(([key, share]) => at(key, rateMillionths(share))),
  ];
}

function sharesByKey(invoice: Invoice): readonly (readonly [key: string, share: EffectiveRate])[] {
  const discount = effectiveDiscount(invoice);
  return [
    ...effectiveTaxes(invoice).map((tax) => [seriesKey.tax(tax.rate, tax.inclusive), tax] as const),
    ...(discount === undefined ? [] : [[seriesKey.discount(invoice.currency), discount] as const]),
  ];
}

function subscriptionObservations(event: SubscriptionEvent): readonly Place[] {
  const { kind, occurredAtSec, subscription } = event;
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
  const items = subscription.items.flatMap((item) => {
    const isPerUnit = item.pricing === 'per_unit' && !item.metered;
    const facts: Readonly<Record<ItemFact, number | null>> = {
      price: objectHash(item.price),
      unit: isPerUnit ? wholeOrNull(billedUnit(item, subscription)) : null,
      quantity: item.quantity,
      renews: renewsAtSec(event, item),
      live: isLive ? 1 : 0,
    };
    return Object.entries(facts).flatMap(([fact, value]): readonly Place[] => {
      const key = seriesKey.item(item.id, fact as ItemFact);
      return value === null ? [] : [{ part: 'subscriptions', key, seen: { ...object, value } }];
    });
  });
  const prices = subscription.items.flatMap((item) =>
    priceFacts(item).map(
      ([key, value]): Place => ({ part: 'subscriptions', key, seen: { ...object, value } }),
    ),
  );
  const clock: Place = { part: 'subscriptions', key: seriesKey.clock, seen: { ...object, value: 1 } };
  return [...items, ...prices, ...(event.isSimulated ? [clock] : [])];
}

/** Facts of a price per unit, licensed or by usage. Stripe never changes a price, so these never become stale. */
function priceFacts(item: SubscriptionItem): readonly (readonly [key: string, value: number])[] {
  const { currency, intervalDays, pricing, unitAmountMinor } = item;
  if (pricing !== 'per_unit' || currency === null) return [];
  const price = priceHash(item.price, item.id);
  if (item.metered) {
    const rate = unitAmountMinor === null ? null : millionths(unitAmountMinor);
    return rate === null ? [] : [[seriesKey.rate(price, currency), rate]];
  }
  const unitMinor = wholeOrNull(unitAmountMinor);
  if (intervalDays === null || unitMinor === null) return [];
  return [
    [seriesKey.unit(price, currency), unitMinor],
    [seriesKey.days(price), intervalDays],
  ];
}

/** Null where more decimals than six are needed: Stripe takes twelve, people hardly ever. */
function millionths(decimal: string): number | null {
  const exact = parseDecimal(decimal);
  if (exact === null || exact.scale > 6) return null;
  return wholeOrNull(String(exact.units * 10n ** BigInt(6 - exact.scale)));
}

function wholeOrNull(decimal: string | null): number | null {
  const value = Number(decimal ?? Number.NaN);
  return Number.isInteger(value) && value >= 0 && value <= maxValue ? value : null;
}
