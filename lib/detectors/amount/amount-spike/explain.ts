import type { InvoiceEvent } from '../../../domain/events/billing-event.ts';
import type { Series } from '../../../domain/record/series.ts';
import { unplannedMinor } from '../../../domain/record/unplanned-amount.ts';
import type { ExpectedRange } from '../../baseline/expected-range.ts';
import { atCatalogPricesMinor } from './at-catalog-prices.ts';
import { knownUsageMinor } from './known-usage.ts';
import type { Subject } from './subject.ts';

const lastBills = 3; // a credit balance may have paid most of one

/** What accounts for an amount that is above the usual. */
export interface Explained {
  readonly valueMinor: number;
  readonly before: Series;
  /** The usual, as far as it goes with what explains the amount. */
  readonly range: ExpectedRange;
  readonly headroom: number;
  /** How far it goes where someone has planned the amount on the subscription. */
  readonly planned: ExpectedRange;
  readonly plannedHeadroom: number;
  /** The part of the amount that another detector judges: it moves the boundary up. */
  readonly leftMinor: number;
}

/** An explanation of invoices; a charge has none. */
type Explain = (state: Explained, subject: Subject, event: InvoiceEvent) => Explained;

const ofInvoice =
  (explain: Explain) =>
  (state: Explained, subject: Subject): Explained =>
    subject.invoice === undefined ? state : explain(state, subject, subject.invoice);

export const catalogPrices = ofInvoice((state, { record, context, knobs }, event) => {
  const last = state.before.slice(-lastBills);
  const shared = context.calibration.prices;
  const chosenMinor = atCatalogPricesMinor(event, record, last, knobs.setHeadroom, shared);
  return chosenMinor <= state.planned.high
    ? state
    : { ...state, planned: { ...state.planned, high: chosenMinor } };
});

/** While what the subscription does not set is usual by itself, it is a change of seats or plan that makes the amount. */
export const asPlanned = ofInvoice((state, { record }, { invoice }) =>
  unplannedMinor(invoice, record) <= state.range.high
    ? { ...state, range: state.planned, headroom: state.plannedHeadroom }
    : state,
);

/** Where it is not, what is set still explains as much on top of the usual. */
export const partlyPlanned = ofInvoice((state, { record }, { invoice }) => {
  const { range, planned, valueMinor } = state;
  const restMinor = unplannedMinor(invoice, record);
  if (restMinor <= range.high) return state;
  const plannedMinor = valueMinor - restMinor;
  const high = Math.max(range.high, Math.min(range.high + plannedMinor, planned.high));
  return { ...state, range: { ...range, high } };
});

export const usageLeft = ofInvoice((state, { record }, { invoice }) => {
  const leftMinor = knownUsageMinor(invoice, record);
  return leftMinor === 0 ? state : { ...state, leftMinor };
});
