import type { Context } from '../detectors/context.ts';
import type { Detector } from '../detectors/define.ts';
import type { BillingEvent, InvoiceEvent } from '../domain/events/billing-event.ts';
import { type Finding, toFinding } from '../domain/finding/finding.ts';
import type { CustomerRecord } from '../domain/record/customer-record.ts';

/**
 * What the detectors say of an event, before one yields to another.
 * @param final the event as the final invoice that it shows, if no other event has shown it: see `asFinal`
 */
export function askDetectors(
  event: BillingEvent,
  final: InvoiceEvent | undefined,
  known: CustomerRecord,
  detectors: readonly Detector[],
  context: Context,
): readonly Finding[] {
  return detectors.flatMap((detector) => {
    const judged = detector.on.includes('invoice_paid') ? event : (final ?? event);
    return detector.judge(judged, known, context).map((judgement) => toFinding(detector, event, judgement));
  });
}
