import type { BillingEventKind } from '../domain/events/billing-event.ts';
import type { Finding } from '../domain/finding/finding.ts';

/** One line of how a judgement came about. */
export interface TraceStep {
  readonly detector: string;
  readonly stage: string;
  /** The rule's name; undefined of what a whole stage came to. */
  readonly rule?: string;
  /** What the rule changed, with its numbers, or what the stage came to; empty where nothing changed. */
  readonly words: string;
}

/** Takes down how the findings of one event came about, for `replay --explain`. */
export interface Trace {
  step(step: TraceStep): void;
  /** All that was found, before findings yield to others; `kind` is what the detectors took the event for. */
  found(kind: BillingEventKind, findings: readonly Finding[]): void;
}
