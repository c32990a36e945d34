import type { Context } from '../detectors/context.ts';
import type { Detector } from '../detectors/define.ts';
import type { BillingEvent } from '../domain/events/billing-event.ts';
import type { Finding } from '../domain/finding/finding.ts';
import { asFinal } from '../domain/record/as-final.ts';
import type { CustomerRecord } from '../domain/record/customer-record.ts';
import { isCurrent } from '../domain/record/overtaken/is-current.ts';
import { wasObservedSince } from '../domain/record/overtaken/was-observed-since.ts';
import { withoutEvent } from '../domain/record/overtaken/without-event.ts';
import type { Outcome } from '../domain/record/series.ts';
import { daySec } from '../domain/time.ts';
import { askDetectors } from './ask-detectors.ts';
import { inhibit } from './inhibit.ts';

/** Stripe delivers an event for three days: what happened later than that after it did not wait for it. */
const withinSec = 3 * daySec;

/** Whether an event is kept for some days, to be judged again: those of which detectors ask a history. */
export function isJudgedAgain(event: BillingEvent): boolean {
  if ('charge' in event) return true;
  return 'invoice' in event && event.kind !== 'invoice_upcoming' && event.kind !== 'invoice_voided';
}

/**
 * Whether an event comes after one that happened at the same second or later, and adds something new: then that one
 * was judged without it, and is judged again.
 * @param record before the event
 */
export function isOvertaken(event: BillingEvent, record: CustomerRecord, outcome: Outcome): boolean {
  return (outcome === 'new' || outcome === 'updated') && wasObservedSince(record, event.occurredAtSec);
}

/**
 * What the events say that overtook this one, each judged as if it came last. So what is found does not depend on
 * which came first. What was found of them before has the same ids; a state that a later event has replaced is left out.
 * @param recent events of the customer, in any order
 * @param record after the event
 */
export function judgeAgain(
  event: BillingEvent,
  recent: readonly BillingEvent[],
  record: CustomerRecord,
  detectors: readonly Detector[],
  context: Context,
): readonly Finding[] {
  const finals = new Set(recent.map((one) => (one.kind === 'invoice_finalized' ? one.invoice.id : '')));
  // As the final invoice only what became final after this event, and which no other event has shown as final.
  const isOnlyFinal = (later: BillingEvent) =>
    'invoice' in later &&
    (later.invoice.finalizedAtSec ?? 0) >= event.occurredAtSec &&
    !finals.has(later.invoice.id);
  const isAfter = ({ id, occurredAtSec }: BillingEvent) =>
    id !== event.id &&
    occurredAtSec >= event.occurredAtSec &&
    occurredAtSec <= event.occurredAtSec + withinSec;
  return recent.filter(isAfter).flatMap((later) => {
    if (!isCurrent(later, record)) return [];
    const known = withoutEvent(record, later);
    const final = isOnlyFinal(later) ? asFinal(later, known) : undefined;
    return inhibit(askDetectors(later, final, known, detectors, context), detectors);
  });
}
