import type { Trace, TraceStep } from '../../../lib/detectors/trace.ts';
import type { BillingEvent, BillingEventKind } from '../../../lib/domain/events/billing-event.ts';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import type { Outcome } from '../../../lib/domain/record/series.ts';

/** How one event was judged. */
export interface Explained {
  readonly event: BillingEvent;
  /** What detectors took it for: a paid invoice whose final event has not come is judged as final. */
  readonly kind: BillingEventKind;
  readonly outcome: Outcome;
  readonly steps: readonly TraceStep[];
  /** All that was found, before findings yield to others. */
  readonly found: readonly Finding[];
}

/** Takes down how one event is judged, the first time it comes. */
export interface Explanation {
  /** Undefined of any other event: its judgement costs nothing more. */
  traceOf(event: BillingEvent): Trace | undefined;
  /** Called after the event was judged. */
  isOver(outcome: Outcome): void;
  /** Undefined while the event has not come. */
  explained(): Explained | undefined;
}

/** @param id of the event, `evt_...` */
export function explanationOf(id: string): Explanation {
  const steps: TraceStep[] = [];
  let judged: Omit<Explained, 'outcome' | 'steps'> | undefined;
  let explained: Explained | undefined;
  return {
    traceOf: (event) =>
      event.id !== id || explained !== undefined
        ? undefined
        : {
            step: (step) => steps.push(step),
            found: (kind, found) => {
              judged = { event, kind, found: [...found] };
            },
          },
    isOver(outcome) {
      if (judged !== undefined) explained = { ...judged, outcome, steps };
    },
    explained: () => explained,
  };
}
