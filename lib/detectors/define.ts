import type { BillingEvent, BillingEventKind } from '../domain/events/billing-event.ts';
import type { Certainty, Judgement } from '../domain/finding/finding.ts';
import type { NextStep } from '../domain/finding/next-step.ts';
import type { CustomerRecord } from '../domain/record/customer-record.ts';
import { isSimulated } from '../domain/record/is-simulated.ts';
import { type Context, plainContext } from './context.ts';
import type { RuleFacts } from './run-stage.ts';

/** The event of one kind, or of several. */
export type EventOf<Kind extends BillingEventKind> = BillingEvent extends infer Event
  ? Event extends { readonly kind: infer Kinds }
    ? Kind & Kinds extends never
      ? never
      : Event
    : never
  : never;

interface DetectorFacts<Kind extends BillingEventKind> {
  /** Same as the file's name; also its metric, its docs anchor and its row on the dashboard. */
  readonly id: string;
  readonly question: string;
  readonly certainty: Certainty;
  /** A value that a person called expected is usual from then on: the next like it is no news. */
  readonly admits?: boolean;
  /** Why such a thing is worth reporting though nothing proves it, to stand behind "Unusual:". */
  readonly basis?: string;
  /** What the reader of the email does next, most useful first. */
  readonly nextSteps: readonly NextStep[];
  /** How its findings end, apart from a void, a credit note or a refund: when the amount due is as expected again. */
  readonly resolvesBy?: 'amount';
  /** What it does not see, and why: silence must not be read as all is well. */
  readonly blindSpots?: readonly string[];
  /** It compares moments of minutes or hours. Under a test clock, where all of a day's changes share one, it is silent. */
  readonly needsRealTime?: true;
  readonly on: readonly Kind[];
  /**
   * Detectors that name the cause of what this one sees only by its size: where one of them has a finding about the same
   * event that is sent, and about as much money, this one's is not. Nothing is lost when they are off. `detector/part` is
   * one part of what a detector finds, such as `invoice-arithmetic/line-amounts`.
   */
  readonly yieldsTo?: readonly string[];
  /** The rules by which it judges, in their order, of a detector that is made of such. */
  readonly stages?: Readonly<Record<string, readonly RuleFacts[]>>;
}

/**
 * Answers one question about one event, from the event, the customer's record and, some, from what the account knows.
 * Pure: no clock, no I/O, no randomness. The record does not yet contain the event.
 */
export interface Detector extends DetectorFacts<BillingEventKind> {
  readonly kind: 'event';
  /** Empty when there is nothing to say, which is nearly always. */
  judge(event: BillingEvent, record: CustomerRecord, context?: Context): readonly Judgement[];
}

interface DetectorDefinition<Kind extends BillingEventKind> extends DetectorFacts<Kind> {
  judge(event: EventOf<Kind>, record: CustomerRecord, context: Context): readonly Judgement[];
}

export function defineDetector<Kind extends BillingEventKind>(
  definition: DetectorDefinition<Kind>,
): Detector {
  const kinds: readonly BillingEventKind[] = definition.on;
  const isMine = (event: BillingEvent): event is EventOf<Kind> => kinds.includes(event.kind);
  // Charges of such a customer are made in real time, for bills of simulated time: no comparison of the two holds.
  const isOutOfTime = (event: BillingEvent, record: CustomerRecord) =>
    (definition.needsRealTime || 'charge' in event) && isSimulated(event, record);
  return {
    ...definition,
    kind: 'event',
    judge: (event, record, context = plainContext) =>
      isMine(event) && !isOutOfTime(event, record) ? definition.judge(event, record, context) : [],
  };
}
