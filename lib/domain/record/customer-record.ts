import type { Observation, Outcome, Series } from './series.ts';
import { observe } from './series.ts';

/**
 * All that we remember of one customer: observations and people's verdicts, never statistics.
 * It lies in parts, so that an event rewrites only the part it touches (at most 1 KB: one write unit),
 * while one query reads them all (at most 4 KB: one read unit).
 */
export type CustomerRecord = Readonly<Record<PartName, Part>>;

/** Series by their key, e.g. `charge:usd`. */
export type Part = ReadonlyMap<string, Series>;

export const partNames = ['charges', 'invoices', 'setbacks', 'subscriptions'] as const;
export type PartName = (typeof partNames)[number];

/**
 * Observations kept a series. Chosen so that the usual part (charges in one currency; invoices with one metered
 * price) is at most 1 KB: 64 x 14 bytes, and 2 x 24 x 17 bytes. It is also how far back a repeat is recognised:
 * a customer with at most 64 charges in Stripe's three days of retries is exact; see docs/architecture.md.
 */
export const windowSizes: Readonly<Record<PartName, number>> = {
  charges: 64,
  invoices: 24,
  setbacks: 16,
  subscriptions: 1,
};

/** Taxes and prices of usage hardly ever change: a few show what is usual, and keep the usual part within 1 KB. */
const taxSharesKept = 4;
const unitsKept = 3;

/** A second invoice for the same comes soon after the first, or after those of a few other subscriptions. */
const billedKept = 4;

/** More of those of discounts: after a coupon ends, amounts are compared with all of whose shares we know. */
const discountSharesKept = 6;

/** @example windowSizeOf('invoices', 'discount:usd') // 6 */
function windowSizeOf(part: PartName, key: string): number {
  if (key.startsWith('tax:')) return taxSharesKept;
  if (key.startsWith('dearest:')) return unitsKept;
  if (key === 'billed') return billedKept;
  if (key === 'clock') return 1;
  return key.startsWith('discount:') ? discountSharesKept : windowSizes[part];
}

/**
 * Currencies, intervals, metered prices and facts of subscription items (seven an item) a part; beyond, the series that
 * has been quiet longest is forgotten, so that a record can't grow without bound. Up to here any order of events gives
 * the same record.
 */
export const maxSeries: Readonly<Record<PartName, number>> = {
  charges: 40,
  invoices: 80,
  setbacks: 40,
  subscriptions: 140,
};

/** @example byPart(() => 0) // { charges: 0, invoices: 0, setbacks: 0, subscriptions: 0 } */
export function byPart<Value>(make: (name: PartName) => Value): Record<PartName, Value> {
  return {
    charges: make('charges'),
    invoices: make('invoices'),
    setbacks: make('setbacks'),
    subscriptions: make('subscriptions'),
  };
}

export const emptyRecord: CustomerRecord = byPart(() => new Map());

/** The customer's history of one quantity before an object: without its own observation, oldest first. */
export function historyBefore(
  record: CustomerRecord,
  part: PartName,
  key: string,
  object: ObjectInTime,
): Series {
  const series = record[part].get(key) ?? [];
  return series.filter(({ atSec, hash }) => atSec <= object.atSec && hash !== object.hash);
}

/** A charge or an invoice by what the record knows of it. */
export type ObjectInTime = Pick<Observation, 'atSec' | 'hash'>;

/** The record after one observation, and what that was. */
export function observeInRecord(
  record: CustomerRecord,
  part: PartName,
  key: string,
  seen: Observation,
): { record: CustomerRecord; outcome: Outcome } {
  return observeAllInRecord(record, part, [{ key, seen }]);
}

/** The record after all that an event says of one part, and what the first that was no repeat was. */
export function observeAllInRecord(
  record: CustomerRecord,
  part: PartName,
  places: readonly { readonly key: string; readonly seen: Observation }[],
): { record: CustomerRecord; outcome: Outcome } {
  let after: Map<string, Series> | undefined; // copied once, as a subscription's event says seven things an item
  let outcome: Outcome = 'repeat';
  for (const { key, seen } of places) {
    const before = (after ?? record[part]).get(key) ?? [];
    const step = observe(before, seen, windowSizeOf(part, key));
    if (outcome === 'repeat') outcome = step.outcome;
    if (step.series === before) continue;
    after = forgetQuietest((after ?? new Map(record[part])).set(key, step.series), maxSeries[part]);
  }
  return { record: after === undefined ? record : { ...record, [part]: after }, outcome };
}

function forgetQuietest(part: Map<string, Series>, most: number): Map<string, Series> {
  if (part.size <= most) return part;
  const newestFirst = [...part].sort(([a, x], [b, y]) => lastAtSec(y) - lastAtSec(x) || (a < b ? -1 : 1));
  return new Map(newestFirst.slice(0, most));
}

function lastAtSec(series: Series): number {
  return series.at(-1)?.atSec ?? 0;
}
