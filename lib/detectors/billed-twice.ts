import { billedHash } from '../domain/billed-hash.ts';
import type { Invoice, InvoiceEvent } from '../domain/billing-event.ts';
import { burstsOf } from '../domain/bursts-of.ts';
import { canStillMatter } from '../domain/can-still-matter.ts';
import { counts } from '../domain/counts.ts';
import { customerLabel } from '../domain/customer-label.ts';
import type { CustomerRecord } from '../domain/customer-record.ts';
import type { Judgement } from '../domain/finding.ts';
import { invoiceLabel } from '../domain/invoice-label.ts';
import { lastChange } from '../domain/invoice-revision.ts';
import { formatMoney } from '../domain/money.ts';
import { moneyState } from '../domain/money-state.ts';
import { amountObservation } from '../domain/observations-of.ts';
import type { Observation, Series } from '../domain/series.ts';
import { seriesKey } from '../domain/series-key.ts';
import { gapSec } from './equal-charges.ts';
import {
  type Examples,
  exampleCreditNote,
  exampleInvoice,
  exampleLine,
  monthAtSec,
} from './example-events.ts';
import { twiceSeverity } from './twice-severity.ts';
import { invoicedAmounts } from './usual-amount.ts';

/**
 * A job that runs twice, or a person who thinks that it failed, bills again within the half hour; the same basket is
 * ordered again later, on the same day even.
 */
const againSec = 30 * 60;
const daySec = 86_400; // a draft that was edited longer is no slip of a moment

/**
 * What duplicate-charge says of an invoice that bills what another one bills as well. A renewal is told while it is a
 * draft; an invoice by hand once it is final, as the first may be voided until then.
 */
export function billedTwice(event: InvoiceEvent, record: CustomerRecord): Judgement | undefined {
  const { invoice } = event;
  const { currency, amountDueMinor } = invoice;
  const isByHand = invoice.billingReason === 'manual';
  if (amountDueMinor <= 0 || !canStillMatter(event)) return;
  if (isByHand && event.kind !== 'invoice_finalized') return;
  const { seen } = amountObservation(event);
  const twin = twinOf(event, seen, record, isByHand);
  if (twin === undefined || wasExpectedTwice(record)) return;
  if (isByHand && (wasTold(seen, record, invoice) || isHabit(seen, twin, record, currency))) return;
  const amount = formatMoney(amountDueMinor, currency);
  const what = isByHand ? 'the very same lines' : 'the same renewal of the same subscription';
  return {
    about: aboutOf(event, seen, record),
    severity: twiceSeverity(amountDueMinor, currency),
    severityReason: `${amount} is asked for a second time.`,
    summary: `${invoiceLabel(invoice)} to ${customerLabel(event)} of ${amount} bills ${what} as another one, ${whenWords(seen, twin, isByHand)}.`,
    headline: `billed ${amount} twice for ${isByHand ? 'the same lines' : 'one renewal'}`,
    basis: isByHand
      ? 'two invoices of the very same lines within half an hour are seldom meant'
      : 'Stripe makes one invoice for each period of a subscription',
    measure: { kind: 'quantity', unit: '', what: 'invoices for the same' },
    actual: 2,
    expected: { low: 1, high: 1 },
    boundary: 1,
    rule: isByHand
      ? `Invoices by hand with the very same lines are flagged when the second is begun within ${againSec / 60} minutes of the work on the first, unless the customer was billed twice on one day before.`
      : 'A second invoice for one renewal of a subscription is flagged, unless the first is void or was credited.',
    history: { count: 0, points: [] },
    breakdown: null,
    atStakeMinor: amountDueMinor,
    money: moneyState(invoice),
  };
}

/** Another invoice for the same, that is neither void nor credited in full. */
function twinOf(
  { invoice }: InvoiceEvent,
  seen: Observation,
  record: CustomerRecord,
  isByHand: boolean,
): Observation | undefined {
  const billed = billedHash(invoice);
  const isCredited = creditedBy(record, invoice.currency, invoice.amountDueMinor);
  if (isCredited(seen)) return;
  return (record.invoices.get(seriesKey.billed) ?? []).find(
    (other) =>
      other.value === billed &&
      other.hash !== seen.hash &&
      !other.voided &&
      (!isByHand || apartSec(other, seen) <= againSec) &&
      !isCredited(other),
  );
}

/** Whether credit notes have taken so much off an invoice again. */
function creditedBy({ setbacks }: CustomerRecord, currency: string, amountMinor: number) {
  const notes = setbacks.get(seriesKey.credited(currency)) ?? [];
  return ({ hash }: Observation): boolean => {
    const own = notes.filter((note) => note.hash === hash);
    return own.reduce((sum, { value }) => sum + value, 0) >= amountMinor;
  };
}

/**
 * The same name whichever of them comes first: of a renewal its own (see `invoiceOccasion`), of invoices by hand what
 * they bill, and the first of those that follow close upon each other.
 */
function aboutOf({ invoice }: InvoiceEvent, seen: Observation, { invoices }: CustomerRecord): string {
  if (invoice.billingReason !== 'manual') return invoice.id;
  const value = billedHash(invoice);
  const known = (invoices.get(seriesKey.billed) ?? []).filter(
    (other) => other.value === value && other.hash !== seen.hash,
  );
  const all = [...known, seen].sort((a, b) => a.atSec - b.atSec || a.hash - b.hash);
  let first = all.indexOf(seen);
  for (; first > 0; first -= 1) {
    const [earlier, later] = all.slice(first - 1, first + 1);
    if (earlier === undefined || later === undefined || apartSec(earlier, later) > againSec) break;
  }
  return `${value} ${all[first]?.hash}`;
}

/** Two equal charges as close as duplicate-charge tells them: their invoices came after them, and are no second alert. */
function wasTold(seen: Observation, record: CustomerRecord, { currency, amountDueMinor }: Invoice): boolean {
  const near = (record.charges.get(seriesKey.charge(currency)) ?? []).filter(
    ({ value, atSec }) => value === amountDueMinor && Math.abs(atSec - seen.atSec) <= daySec,
  );
  return burstsOf(near, gapSec).some(({ length }) => length > 1);
}

/** From the end of the work on the earlier one, where that is known to have come soon, to the beginning of the later. */
function apartSec(one: Observation, other: Observation): number {
  const [earlier, later] = one.atSec <= other.atSec ? [one, other] : [other, one];
  const { changedAtSec } = lastChange(earlier);
  const isDoneSoon = changedAtSec <= later.atSec && changedAtSec - earlier.atSec <= daySec;
  return later.atSec - (isDoneSoon ? changedAtSec : earlier.atSec);
}

/** A person has called a second invoice for the same expected. */
function wasExpectedTwice({ invoices }: CustomerRecord): boolean {
  const billed = invoices.get(seriesKey.billed) ?? [];
  return billed.some(
    ({ hash, value, verdict }) =>
      verdict === 'expected' && billed.some((other) => other.value === value && other.hash !== hash),
  );
}

/** Two equal invoices by hand close upon each other before, both of which stood: so the customer is billed. */
function isHabit(seen: Observation, twin: Observation, record: CustomerRecord, currency: string): boolean {
  const isCredited = creditedBy(record, currency, seen.value);
  const equal = invoicedAmounts(record, currency).filter(
    (other) =>
      other.value === seen.value &&
      counts(other) &&
      !isCredited(other) &&
      other.hash !== seen.hash &&
      other.hash !== twin.hash,
  );
  return areClose(equal);
}

function areClose(equal: Series): boolean {
  const times = equal.map(({ atSec }) => atSec).sort((a, b) => a - b);
  return times.some((atSec, index) => index > 0 && atSec - (times[index - 1] ?? 0) <= daySec);
}

function whenWords(seen: Observation, twin: Observation, isByHand: boolean): string {
  const isFirst = seen.atSec < twin.atSec;
  const sec = isByHand ? apartSec(seen, twin) : Math.abs(seen.atSec - twin.atSec);
  const minutes = Math.max(1, Math.round(sec / 60));
  const hours = Math.round(minutes / 60);
  const time =
    minutes < 90
      ? counted(minutes, 'minute')
      : hours < 48
        ? `${hours} hours`
        : `${Math.round(hours / 24)} days`;
  if (isFirst) return `begun ${time} later`;
  return isByHand ? `last changed ${time} before` : `begun ${time} before`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

export const billedTwiceExamples: Examples = () => {
  const renewal = exampleInvoice(1, 4_900);
  const second = exampleInvoice(1, 4_900, { id: 'in_second', createdAtSec: monthAtSec(1) + 300 });
  const byHand = (id: string, sec: number, changes: Partial<Invoice> = {}) =>
    exampleInvoice(
      1,
      4_900,
      { id, billingReason: 'manual', subscription: null, createdAtSec: monthAtSec(1) + sec, ...changes },
      'invoice_finalized',
    );
  const otherWords = [{ ...exampleLine(1, 4_900), description: 'Another workshop' }];
  return {
    fires: [
      { name: 'a second draft for one renewal, before either is charged', history: [renewal], event: second },
      {
        name: 'an invoice by hand of the very same lines, half an hour after the first was final',
        history: [byHand('in_1', 0)],
        event: byHand('in_2', 3_600 + againSec),
      },
    ],
    quiet: [
      {
        name: 'a renewal billed again, after its first invoice was voided',
        history: [renewal, exampleInvoice(1, 4_900, { status: 'void' }, 'invoice_voided')],
        event: second,
      },
      {
        name: 'a renewal billed again, after its first invoice was credited',
        history: [renewal, exampleCreditNote(renewal.invoice, 4_900)],
        event: second,
      },
      {
        name: 'two subscriptions of one price that renew at once',
        history: [renewal],
        event: exampleInvoice(1, 4_900, { id: 'in_other', subscription: 'sub_other' }),
      },
      {
        name: 'the invoice that revises another',
        history: [renewal],
        event: { ...second, invoice: { ...second.invoice, isRevision: true } },
      },
      {
        name: 'the same order again, later than that',
        history: [byHand('in_1', 0)],
        event: byHand('in_2', 3_600 + againSec + 1),
      },
      {
        name: 'an invoice by hand of one amount, for something else',
        history: [byHand('in_1', 0)],
        event: byHand('in_2', 60, { lines: otherWords }),
      },
      {
        name: 'a customer who was billed twice on one day before, and paid both',
        history: [byHand('in_a', -900_000), byHand('in_b', -899_000), byHand('in_1', 0)],
        event: byHand('in_2', 60),
      },
    ],
  };
};
