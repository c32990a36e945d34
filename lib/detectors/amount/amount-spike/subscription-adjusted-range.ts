import type { InvoiceEvent } from '../../../domain/events/billing-event.ts';
import type { CustomerRecord } from '../../../domain/record/customer-record.ts';
import type { Series } from '../../../domain/record/series.ts';
import { unplannedMinor } from '../../../domain/record/unplanned-amount.ts';
import type { CalibratedThreshold } from '../../baseline/calibrated-threshold.ts';
import { amountsBefore } from '../../baseline/comparable-amounts.ts';
import { type ExpectedRange, expectedRanges, type RangeKnobs } from '../../baseline/expected-range.ts';
import { atCatalogPricesMinor } from './at-catalog-prices.ts';

const lastBills = 3; // a credit balance may have paid most of one

/** `setHeadroom`: the headroom where seats or plan were set so on the subscription. */
export type SetKnobs = RangeKnobs & { readonly setHeadroom: number };

/**
 * What such an invoice usually comes to, with the headroom that is in force: a larger one while what the subscription
 * does not set is usual by itself. Where it is not, what is set still explains as much beside the usual.
 * @param explainedMinor the part of the amount that is no question
 * @param learned what the account's other payments say; undefined where they say nothing of this one
 * @param shared prices that several customers pay: `Calibration.prices`
 */
export function subscriptionAdjustedRange(
  event: InvoiceEvent,
  record: CustomerRecord,
  explainedMinor: number,
  knobs: SetKnobs,
  learned: CalibratedThreshold | undefined,
  shared: readonly number[],
): { readonly usual: ExpectedRange | undefined; readonly headroom: number } {
  const { headroom, setHeadroom } = knobs;
  const before = amountsBefore(event, record, knobs.warmUp);
  const usualBy = expectedRanges(before, knobs, learned);
  if (usualBy === undefined) return { usual: undefined, headroom };
  const usual = usualBy(headroom);
  if (event.invoice.amountDueMinor - explainedMinor <= usual.high) return { usual, headroom }; // no more is asked
  const most = usualBy(setHeadroom);
  const highest = Math.max(
    mostSet(before, most.high, setHeadroom),
    atCatalogPricesMinor(event, record, before.slice(-lastBills), setHeadroom, shared),
  );
  const unset = unplannedMinor(event.invoice, record);
  if (unset <= usual.high) return { usual: { ...most, high: highest }, headroom: setHeadroom };
  const setMinor = event.invoice.amountDueMinor - explainedMinor - unset;
  const high = Math.max(usual.high, Math.min(usual.high + setMinor, highest));
  return { usual: { ...usual, high }, headroom };
}

/**
 * The largest amount that is silent where somebody has set it: what was set before was silent, and is what the next
 * change is a change of.
 */
export function mostSet(before: Series, high: number, setHeadroom: number): number {
  const lastSet = Math.max(0, ...before.map(({ value }) => value).filter((value) => value <= high));
  return Math.max(high, lastSet * setHeadroom);
}
