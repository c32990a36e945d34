import type { InvoiceEvent } from '../events/billing-event.ts';
import { billingInterval } from '../events/billing-interval.ts';
import { objectHash } from '../events/object-hash.ts';

/** An id in 8 characters: some customers have four tax rates, and a metered price has two series. */
function short(id: string): string {
  return objectHash(id).toString(36);
}

/** The series of a record, by their keys; what each holds and in which unit. */
export const seriesKey = {
  /** Captured charges, minor units. */
  charge: (currency: string) => `charge:${currency}`,
  /** Amounts due of renewals of one interval, minor units. */
  recurring: (currency: string, interval: string) => `recurring:${currency}:${interval}`,
  /** Amounts due of manual invoices and mid-cycle changes, minor units. */
  oneOff: (currency: string) => `one_off:${currency}`,
  /** What is due of invoices that have prorations, without them, minor units: `unprorated` reads it. */
  unprorated: (currency: string) => `unprorated:${currency}`,
  /** Usage of a metered price, thousandths of a unit a day. */
  usage: (price: string) => `usage:${short(price)}`,
  /** The most expensive unit of a metered price, millionths of a minor unit. */
  dearest: (price: string) => `dearest:${short(price)}`,
  /** Share of the taxable amount that a tax rate took, parts per million. */
  tax: (rate: string, inclusive: boolean) => `tax:${short(`${rate} ${inclusive}`)}`,
  /** Share of the subtotal that attached discounts took, parts per million. */
  discount: (currency: string) => `discount:${currency}`,
  /** What renewals and invoices by hand bill: `billedHash`. */
  billed: 'billed',
  /** Failed charges, minor units. */
  failed: (currency: string) => `failed:${currency}`,
  /** Refunded so far of each charge, minor units. */
  refunded: (currency: string) => `refunded:${currency}`,
  /** Credit notes by the hash of their invoice, minor units each. */
  credited: (currency: string) => `credited:${currency}`,
  /** One fact of a subscription's item as it stands: see `itemFacts`. */
  item: (item: string, fact: ItemFact) => `${item}:${fact}`,
  /** Minor units per unit of a licensed price, in its currency. The price by its `priceHash`. */
  unit: (price: number, currency: string) => `unit:${price}:${currency}`,
  /** Millionths of a minor unit per unit of usage of a metered price, in its currency. */
  rate: (price: number, currency: string) => `rate:${price}:${currency}`,
  /** What a licensed price is for, in days, at its longest. */
  days: (price: number) => `days:${price}`,
  /** 1: the customer lives by a test clock; in the parts of invoices and of subscriptions. */
  clock: 'clock',
} as const;

/**
 * `price`: `objectHash` of the price's id. `unit`: minor units per unit, only of a per-unit price with a whole amount in the subscription's currency.
 * `quantity`: licensed units. `renews`: when it is billed next by itself, Unix seconds, 0 when it is not: see
 * `renewsAtSec`. `live`: 1 while it bills as it says, 0 when it has ended, is paused, or a schedule or a pending update
 * may bill something else.
 */
export const itemFacts = ['price', 'unit', 'quantity', 'renews', 'live'] as const;
export type ItemFact = (typeof itemFacts)[number];

/** Renewals are compared with renewals of the same interval; manual invoices and mid-cycle changes among themselves. */
export function invoiceSeriesKey(event: InvoiceEvent): string {
  const { invoice } = event;
  return isOneOff(event)
    ? seriesKey.oneOff(invoice.currency)
    : seriesKey.recurring(invoice.currency, billingInterval(invoice));
}

/** An invoice by hand, or for a change in the middle of a period. */
export function isOneOff({ invoice }: InvoiceEvent): boolean {
  return !renewals.includes(invoice.billingReason ?? '');
}

/** The price (`objectHash`) whose unit amount in a currency a series holds; undefined for any other series. */
export function pricedIn(key: string, currency: string): number | undefined {
  const [kind, price, of] = key.split(':');
  return kind === 'unit' && of === currency ? Number(price) : undefined;
}

/** The currency of a series of renewals; undefined of any other. @example renewalCurrency('recurring:usd:month') // 'usd' */
export function renewalCurrency(key: string): string | undefined {
  return /^recurring:([a-z]{3}):/.exec(key)?.[1];
}

const renewals = ['subscription_create', 'subscription_cycle', 'subscription_threshold', 'subscription'];
