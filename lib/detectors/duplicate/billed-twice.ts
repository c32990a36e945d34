import { billedHash } from '../../domain/events/billed-hash.ts';
import type { Invoice, InvoiceEvent } from '../../domain/events/billing-event.ts';
import { canStillMatter } from '../../domain/events/can-still-matter.ts';
import { customerLabel } from '../../domain/events/customer-label.ts';
import { invoiceLabel } from '../../domain/events/invoice-label.ts';
import type { Judgement } from '../../domain/finding/finding.ts';
import { moneyState } from '../../domain/finding/money-state.ts';
import { formatMoney } from '../../domain/money/money.ts';
import { burstsOf } from '../../domain/record/bursts-of.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { lastChange } from '../../domain/record/invoice-revision.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import { matchesPayment } from '../../domain/record/matches-payment.ts';
import { amountObservation } from '../../domain/record/observations-of.ts';
import type { Observation, Series } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { daySec, utcDay } from '../../domain/time.ts';
import { invoicedAmounts } from '../baseline/comparable-amounts.ts';
import { unrefundedCharges } from '../baseline/unrefunded-charges.ts';
import { gapSec, isLikelyChance, nameOfEqual } from './equal-charges.ts';
import { twiceSeverity } from './twice-severity.ts';

/**
 * A job that runs twice, or a person who thinks that it failed, bills again within the half hour; the same basket is
 * ordered again later, on the same day even.
 */
export const againSec = 30 * 60;

/**
 * What duplicate-charge says of an invoice that bills what another one bills as well. A renewal is reported while it is
 * a draft; an invoice by hand once it is final, as the first may be voided until then.
 */
export function billedTwice(event: InvoiceEvent, record: CustomerRecord): Judgement | undefined {
  const { invoice } = event;
  const { currency, amountDueMinor } = invoice;
  const isByHand = invoice.billingReason === 'manual';
  if (amountDueMinor <= 0 || !canStillMatter(event)) return;
  if (isByHand && event.kind !== 'invoice_finalized') return;
  const { seen } = amountObservation(event);
  const twin = twinOf(event, seen, record, isByHand);
  if (twin === undefined || wasExpectedTwice(record, isByHand)) return;
  if (isByHand && isHabit(seen, twin, record, currency)) return;
  const amount = formatMoney(amountDueMinor, currency);
  const what = isByHand ? 'exactly the same lines' : 'the same renewal of the same subscription';
  return {
    about: aboutOf(event, seen, record),
    severity: twiceSeverity(amountDueMinor, currency),
    severityReason: `${amount} is asked for a second time.`,
    summary: `${invoiceLabel(invoice)} to ${customerLabel(event)} of ${amount} bills ${what} as another one, ${whenWords(seen, twin, isByHand)}.`,
    headline: `billed ${amount} twice for ${isByHand ? 'the same lines' : 'one renewal'}`,
    basis: isByHand
      ? 'two invoices of exactly the same lines within half an hour are seldom meant'
      : 'Stripe makes one invoice for each period of a subscription',
    measure: { kind: 'quantity', unit: '', what: 'invoices for the same' },
    actual: 2,
    expected: { low: 1, high: 1 },
    boundary: 1,
    rule: isByHand
      ? `Invoices by hand with exactly the same lines are flagged when the second is begun before the first is final or within ${againSec / 60} minutes of it, unless the customer was billed twice on one day before, or so often that chance explains it.`
      : 'A second invoice for one renewal of a subscription is flagged, unless the first is void or was credited.',
    history: { count: 0, points: [] },
    breakdown: null,
    atStakeMinor: amountDueMinor,
    money: moneyState(invoice),
  };
}

/** Another invoice for the same, that is neither void nor credited in full. */
function twinOf(
  event: InvoiceEvent,
  seen: Observation,
  record: CustomerRecord,
  isByHand: boolean,
): Observation | undefined {
  const { invoice } = event;
  const billed = billedHash(event);
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
 * they bill, and the day of the first of those that follow each other closely.
 */
function aboutOf(event: InvoiceEvent, seen: Observation, record: CustomerRecord): string {
  const { invoice } = event;
  if (invoice.billingReason !== 'manual') return invoice.id;
  const charged = chargedBefore(seen, record, invoice);
  if (charged !== undefined) return nameOfEqual(charged, invoice.currency);
  const value = billedHash(event);
  const known = (record.invoices.get(seriesKey.billed) ?? []).filter(
    (other) => other.value === value && other.hash !== seen.hash,
  );
  const all = [...known, seen].sort((a, b) => a.atSec - b.atSec || a.hash - b.hash);
  let first = all.indexOf(seen);
  for (; first > 0; first -= 1) {
    const [earlier, later] = all.slice(first - 1, first + 1);
    if (earlier === undefined || later === undefined || apartSec(earlier, later) > againSec) break;
  }
  return `${value} ${utcDay(all[first]?.atSec ?? 0)}`;
}

/**
 * Equal charges as close as duplicate-charge reports them, whose invoices came after them: one finding with those,
 * under their name, whichever of the two saw enough.
 */
function chargedBefore(seen: Observation, record: CustomerRecord, { currency, amountDueMinor }: Invoice) {
  const near = unrefundedCharges(record, currency).filter(
    ({ value, atSec }) => value === amountDueMinor && Math.abs(atSec - seen.atSec) <= daySec,
  );
  return burstsOf(near, gapSec).find(({ length }) => length > 1);
}

/** From the moment in which the earlier one was final, where that came soon, to the beginning of the later. */
function apartSec(one: Observation, other: Observation): number {
  const [earlier, later] = one.atSec <= other.atSec ? [one, other] : [other, one];
  const finalAtSec = lastChange(earlier).changedAtSec;
  const isSoon = finalAtSec - earlier.atSec <= daySec;
  return Math.max(0, later.atSec - (isSoon ? finalAtSec : earlier.atSec));
}

/** A person has called a second invoice for the same expected; the next of a standing order is none. */
function wasExpectedTwice({ invoices }: CustomerRecord, isByHand: boolean): boolean {
  const billed = invoices.get(seriesKey.billed) ?? [];
  const isSecond = (one: Observation, other: Observation): boolean =>
    other.value === one.value && other.hash !== one.hash && (!isByHand || apartSec(one, other) <= againSec);
  return billed.some((one) => one.verdict === 'expected' && billed.some((other) => isSecond(one, other)));
}

/**
 * Two equal invoices by hand on one day before this burst, both final, paid or still to be paid, and neither credited nor
 * refunded: so the customer is billed. Or equal ones come so often that chance brings two as close together.
 */
function isHabit(seen: Observation, twin: Observation, record: CustomerRecord, currency: string): boolean {
  const all = invoicedAmounts(record, currency);
  const equal = all.filter((other) => other.value === seen.value && isCountable(other));
  const beforeSec = Math.min(seen.atSec, twin.atSec) - daySec;
  const isCredited = creditedBy(record, currency, seen.value);
  const charges = (record.charges.get(seriesKey.charge(currency)) ?? []).filter(
    ({ value }) => value === seen.value,
  );
  const kept = new Set(unrefundedCharges(record, currency));
  const stood = equal.filter(
    (other) =>
      other.atSec < beforeSec &&
      ['invoice_finalized', 'invoice_paid'].includes(lastChange(other).kind ?? '') &&
      !isCredited(other) &&
      charges.every((charge) => kept.has(charge) || !matchesPayment(charge, other)),
  );
  const others = equal.filter(({ hash }) => hash !== twin.hash && hash !== seen.hash);
  const later = seen.atSec < twin.atSec ? twin : seen;
  const pair = [{ ...later, atSec: later.atSec - apartSec(seen, twin) }, later];
  return areClose(stood) || isLikelyChance(others, pair, all);
}

function areClose(equal: Series): boolean {
  const times = equal.map(({ atSec }) => atSec).sort((a, b) => a - b);
  return times.some((atSec, index) => index > 0 && atSec - (times[index - 1] ?? 0) <= daySec);
}

function whenWords(seen: Observation, twin: Observation, isByHand: boolean): string {
  const finalAtSec = lastChange(twin).changedAtSec;
  const isFinalBefore = isByHand && finalAtSec <= seen.atSec && finalAtSec - twin.atSec <= daySec;
  const sec = Math.abs(seen.atSec - (isFinalBefore ? finalAtSec : twin.atSec));
  const minutes = Math.max(1, Math.round(sec / 60));
  const hours = Math.round(minutes / 60);
  const days = Math.round(hours / 24);
  const time = minutes < 90 ? counted(minutes, 'minute') : hours < 48 ? `${hours} hours` : `${days} days`;
  return `${isFinalBefore ? 'final' : 'begun'} ${time} ${seen.atSec < twin.atSec ? 'later' : 'before'}`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
