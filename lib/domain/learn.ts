import type { BillingEvent, InvoiceEvent } from './billing-event.ts';
import { billingInterval } from './billing-interval.ts';
import type { CustomerRecord, PartName } from './customer-record.ts';
import { observeInRecord } from './customer-record.ts';
import { objectHash } from './object-hash.ts';
import type { Observation, Outcome } from './series.ts';
import { usageByPrice } from './usage.ts';

/** The series an event belongs to, by their keys. */
export const seriesKey = {
  charge: (currency: string) => `charge:${currency}`,
  recurring: (currency: string, interval: string) => `recurring:${currency}:${interval}`,
  oneOff: (currency: string) => `one_off:${currency}`,
  usage: (price: string) => `usage:${price}`,
} as const;

/** An invoice's stages, for events of the same second. */
const stages = {
  invoice_drafted: 0,
  invoice_updated: 1,
  invoice_finalized: 2,
  invoice_paid: 3,
  invoice_voided: 4,
};

/**
 * The record after the event, and whether the event was news. Only this changes records.
 * An event touches one part of the record, so that it is one atomic write.
 */
export function learn(
  event: BillingEvent,
  record: CustomerRecord,
): { record: CustomerRecord; outcome: Outcome } {
  let after = record;
  let outcome: Outcome = 'repeat';
  for (const { part, key, seen } of observationsOf(event)) {
    const step = observeInRecord(after, part, key, seen);
    after = step.record;
    if (outcome === 'repeat') outcome = step.outcome;
  }
  return { record: after, outcome };
}

interface Place {
  readonly part: PartName;
  readonly key: string;
  readonly seen: Observation;
}

function observationsOf(event: BillingEvent): readonly Place[] {
  if (event.kind !== 'charge_succeeded') return invoiceObservations(event);
  const { charge } = event;
  const seen: Observation = {
    atSec: charge.createdAtSec,
    hash: objectHash(charge.id),
    value: charge.amountCapturedMinor,
    revision: Math.max(0, event.occurredAtSec - charge.createdAtSec),
    voided: false,
    verdict: 'none',
  };
  return [{ part: 'charges', key: seriesKey.charge(charge.currency), seen }];
}

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

/** Renewals are compared with renewals of the same interval; manual invoices and mid-cycle changes among themselves. */
export function invoiceSeriesKey({ invoice }: InvoiceEvent): string {
  const isRenewal = renewals.includes(invoice.billingReason ?? '');
  return isRenewal
    ? seriesKey.recurring(invoice.currency, billingInterval(invoice))
    : seriesKey.oneOff(invoice.currency);
}

const renewals = ['subscription_create', 'subscription_cycle', 'subscription_threshold', 'subscription'];
