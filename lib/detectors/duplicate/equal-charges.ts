import { burstsOf } from '../../domain/record/bursts-of.ts';
import type { CustomerRecord } from '../../domain/record/customer-record.ts';
import { lastChange } from '../../domain/record/invoice-revision.ts';
import { isCountable } from '../../domain/record/is-countable.ts';
import { canPay, matchesPayment } from '../../domain/record/matches-payment.ts';
import type { Observation, Series } from '../../domain/record/series.ts';
import { seriesKey } from '../../domain/record/series-key.ts';
import { daySec, weekSec } from '../../domain/time.ts';
import { invoicedAmounts } from '../baseline/comparable-amounts.ts';
import { unrefundedCharges } from '../baseline/unrefunded-charges.ts';
import { wasExpected } from '../baseline/was-expected.ts';

/**
 * A double click is seconds apart; a retry by a program without an idempotency key, or by a person at a page that
 * hangs, minutes. An honest second purchase of exactly the same total is rarely that quick.
 */
export const gapSec = 7 * 60;
/** Who pays nothing but invoices has none to pay a second time on the same day: a job ran twice, or a person did. */
const againSec = daySec;
const leastPayments = 2; // of invoices, before it is said of a customer that there are no others
/** Stripe tries for three days to deliver that a draft was finalised; a draft can't be paid. */
const deliveredWithinSec = 3 * daySec;
/** Equal pairs without a refund or dispute within this time are how the customer buys. */
const keptSec = weekSec;
/**
 * Of so many payments one at most is taken twice. Where equal ones come so often that chance alone brings two as close
 * together more often than that, closeness proves nothing.
 */
const paymentsAnError = 500;

/** Equal charges that follow each other closely, oldest first, and how many of them are no question. */
interface EqualCharges {
  readonly burst: Series;
  readonly due: number;
}

/**
 * Equal charges of which this one makes one too many. Undefined when there are
 * none, or when there were too many without it, in whatever order they arrive: so a burst is said once.
 * @param seen the charge, which the record does not know yet
 */
export function equalCharges(
  seen: Observation,
  currency: string,
  record: CustomerRecord,
): EqualCharges | undefined {
  const isClose = ({ value, atSec, hash }: Observation): boolean =>
    value === seen.value && Math.abs(atSec - seen.atSec) <= againSec && hash !== seen.hash;
  if (!record.charges.get(seriesKey.charge(currency))?.some(isClose)) return;
  const refund = record.setbacks.get(seriesKey.refunded(currency))?.find(({ hash }) => hash === seen.hash);
  if (refund !== undefined && refund.value >= seen.value) return; // its refund came before it
  const others = unrefundedCharges(record, currency).filter(({ hash }) => hash !== seen.hash);
  if (isHabit(seen, others)) return;
  const invoices = invoicedAmounts(record, currency);
  const day = dayOf(seen, others, invoices);
  const earlier = others.filter((known) => !day.burst.includes(known) && isCountable(known));
  const mayBeUnderWay = isOfNewSubscription(seen, record) || isMadeByHand(seen, currency, record);
  if (mayBeUnderWay || wasExpected(alikeIn(seen, others)) || !paysOnlyInvoices(earlier, invoices, day))
    return chargedAtOnce(seen, others, invoices);
  const withoutSeen = day.burst.filter((known) => known !== seen);
  if (day.due > 0 && burstsOf(withoutSeen, againSec).some(({ length }) => length > day.due)) return; // said already
  return chargedAtOnce(seen, others, invoices) ?? (day.due > 0 ? oneTooMany(seen, day, againSec) : undefined);
}

/**
 * The name of equal charges: their amount and the hour of the first. Whichever of them arrive first, they give the same
 * name, unless the hour ends among them.
 */
export function nameOfEqual([first]: Series, currency: string): string {
  const hour = new Date((first?.atSec ?? 0) * 1000).toISOString().slice(0, 13);
  return `${currency} ${first?.value} ${hour}`;
}

/** Equal charges within minutes, of anything. */
function chargedAtOnce(seen: Observation, others: Series, invoices: Series): EqualCharges | undefined {
  const burst = burstOf(seen, others, gapSec);
  const equal = oneTooMany(seen, { burst, due: Math.max(1, invoicesDue(burst, invoices)) }, gapSec);
  return equal !== undefined && isLikelyChance(alikeIn(seen, others), burst, others) ? undefined : equal;
}

/** Equal charges a day apart at most, and the invoices that they may pay. */
function dayOf(seen: Observation, others: Series, invoices: Series): EqualCharges {
  const burst = burstOf(seen, others, againSec);
  return { burst, due: invoicesDue(burst, invoices) };
}

/**
 * Whether the customer has never paid for anything but invoices: then more payments than invoices are one too many,
 * however far apart in a day.
 */
function paysOnlyInvoices(earlier: Series, invoices: Series, { burst, due }: EqualCharges): boolean {
  const sinceSec = Math.min(...invoices.map(({ atSec }) => atSec));
  const charges = earlier.filter(({ atSec }) => atSec >= sinceSec);
  const countOf = (all: Series, { value }: Observation) => all.filter((one) => one.value === value).length;
  const isPayment = (charge: Observation) =>
    invoices.some((invoice) => matchesPayment(charge, invoice)) &&
    countOf(charges, charge) <= countOf(invoices, charge) - (charge.value === burst[0]?.value ? due : 0);
  return charges.length >= leastPayments && charges.every(isPayment);
}

/**
 * A renewal is drafted an hour before it is charged, so that we know it by then. The events of an invoice made by hand,
 * and of the first of a subscription, may come after its charge.
 */
function isMadeByHand({ value }: Observation, currency: string, { invoices }: CustomerRecord): boolean {
  return invoices.get(seriesKey.oneOff(currency))?.some((invoice) => invoice.value === value) ?? false;
}

function isOfNewSubscription({ atSec }: Observation, { subscriptions }: CustomerRecord): boolean {
  return [...subscriptions.values()].some((facts) => (facts.at(-1)?.atSec ?? 0) > atSec - 2 * againSec);
}

function oneTooMany(
  seen: Observation,
  { burst, due }: EqualCharges,
  withinSec: number,
): EqualCharges | undefined {
  const isTooMany = (charges: Series): boolean => charges.length > due;
  const without = burst.filter((known) => known !== seen);
  return isTooMany(burst) && !burstsOf(without, withinSec).some(isTooMany) ? { burst, due } : undefined;
}

/** The equal charges around it, each within so many seconds of the last, oldest first. */
function burstOf(seen: Observation, others: Series, withinSec: number): Series {
  return burstsOf(alikeIn(seen, others), withinSec).find((all) => all.includes(seen)) ?? [];
}

function alikeIn(seen: Observation, others: Series): Series {
  const alike = [...others.filter(({ value }) => value === seen.value), seen];
  return alike.sort((a, b) => a.atSec - b.atSec || a.hash - b.hash);
}

/** Invoices of the same amount that were still to be paid when the charges came, however old: each may have its own. */
function invoicesDue(burst: Series, invoices: Series): number {
  const [first, last] = [burst.at(0), burst.at(-1)];
  if (first === undefined || last === undefined) return 0;
  return invoices.filter((invoice) => {
    const { kind, changedAtSec } = lastChange(invoice);
    const isPaid = kind === 'invoice_paid';
    const wasPaid = isPaid && changedAtSec < first.atSec;
    const isLeftDraft = kind === 'invoice_drafted' && changedAtSec < first.atSec - deliveredWithinSec;
    // However old it is; whether one that was edited last is open is not known.
    const wasOpen = (isPaid || kind === 'invoice_finalized') && canPay(last, invoice);
    return (wasOpen || matchesPayment(last, invoice)) && !invoice.voided && !wasPaid && !isLeftDraft;
  }).length;
}

/**
 * The same amount comes so often that two of them fall as close together by themselves: where they come one in so many
 * seconds, the next is within a part of these by a chance of that part.
 */
export function isLikelyChance(alike: Series, burst: Series, others: Series): boolean {
  const [first] = burst;
  if (first === undefined) return false;
  const knownSec = first.atSec - Math.min(...others.map(({ atSec }) => atSec));
  const earlier = alike.filter(({ atSec }) => atSec < first.atSec).length;
  const closestSec = Math.min(
    ...burst.slice(1).map(({ atSec }, index) => atSec - (burst[index]?.atSec ?? 0)),
  );
  return earlier > 0 && closestSec * earlier * paymentsAnError > knownSec;
}

/** The customer has paid twice at a time before, of any amount, and kept it, or a person said that it is as expected. */
function isHabit(seen: Observation, others: Series): boolean {
  return [...Map.groupBy(others, ({ value }) => value).values()]
    .flatMap((alike) => burstsOf(alike, gapSec))
    .some(
      (burst) =>
        burst.length > 1 &&
        burst.every(({ verdict }) => verdict !== 'error') &&
        (wasExpected(burst) || burst.every(({ atSec }) => atSec < seen.atSec - keptSec)),
    );
}
