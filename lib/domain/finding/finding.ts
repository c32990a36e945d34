import { createHash } from 'node:crypto';
import type { BillingEvent, CustomerKey } from '../events/billing-event.ts';
import { invoiceLabel } from '../events/invoice-label.ts';
import { invoiceOccasion } from '../events/invoice-occasion.ts';
import { objectOf } from '../events/object-of.ts';
import type { JudgedPart } from '../record/judge-observations.ts';
import { observationsOf } from '../record/observations-of.ts';
import type { MoneyState } from './money-state.ts';
import { type NextStep, stepsFor } from './next-step.ts';

/**
 * `proven`: it follows from Stripe's own numbers. `contradiction`: the bill and its subscription disagree; certain as a
 * fact, but it may be meant. `unusual`: a judgement by what was seen before.
 */
export type Certainty = 'proven' | 'contradiction' | 'unusual';
/** The worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/**
 * What a detector has to say of one event: what happened, what would have been usual, and why we say so.
 * Everything an email or a report shows is here; nothing is looked up later.
 */
export interface Judgement {
  /** What it is about, e.g. the invoice's id: the same thing seen again is the same finding. */
  readonly about: string;
  readonly severity: Severity;
  /** Why this severity, as a sentence. */
  readonly severityReason: string;
  /** One plain sentence: what, to whom, how much, against what is usual. */
  readonly summary: string;
  /** The same in a few words, to stand behind the customer's name in a subject; by default made from the measure. */
  readonly headline?: string;
  /**
   * What brought it about, when other findings may have the same cause: `price:price_...`, `shifted_price:price_...`,
   * `tax_rate:txr_...`, `meter:price_...`. Findings of one cause are one email.
   */
  readonly cause?: string;
  /** What people call that price, rate or meter, e.g. `Team plan`. */
  readonly causeName?: string;
  /** By default its detector's. */
  readonly certainty?: Certainty;
  /** Why such a thing is worth telling though nothing proves it; by default what its detector says, or its history. */
  readonly basis?: string;
  /** What `actual`, `expected`, `boundary` and the history count. */
  readonly measure: Measure;
  readonly actual: number;
  /**
   * Expected range, inclusive, in the measure's unit: it reaches to where its check speaks, so what was usual is told
   * from the history. Where nothing is estimated, both ends are the right value.
   */
  readonly expected: { readonly low: number; readonly high: number };
  /** The usual value in one number, within the expected range; the difference is told against it. */
  readonly typical?: number;
  /**
   * The last `actual`, on the way from the usual, at which no check would have spoken; null when there is none: it is
   * proven, or anything else would have been told by another check.
   */
  readonly boundary: number | null;
  /** Where the silent values around `boundary` end on their other side; undefined where all on that side are silent. */
  readonly farBoundary?: number;
  /** The rule and the threshold in force, in words. */
  readonly rule: string;
  /** The observations it was judged by, oldest first, at most 24 of them; empty when proven. */
  readonly history: History;
  /** Where the difference comes from; the amounts sum to it exactly. Empty when the event does not say. */
  readonly breakdown: Breakdown | null;
  /** What else changed at the same time, as plain sentences: price, seats, discount, tax. */
  readonly nearby?: readonly string[];
  /** Money at stake in minor units of `money.currency`; null when it can't be told. */
  readonly atStakeMinor: number | null;
  readonly money: MoneyState;
}

export type Measure =
  | { readonly kind: 'money'; readonly currency: string; readonly what: string }
  | { readonly kind: 'quantity'; readonly unit: string; readonly what: string };

export interface History {
  /** How many observations the judgement used (may be more than `points`). */
  readonly count: number;
  readonly points: readonly { readonly atSec: number; readonly value: number; readonly usual: boolean }[];
}

export interface Breakdown {
  readonly rows: readonly { readonly label: string; readonly amountMinor: number }[];
  readonly totalLabel: string;
  readonly totalMinor: number;
}

/** A judgement with the facts of its detector and its event: what is queued, mailed and replayed. */
export interface Finding extends Judgement, CustomerKey {
  /** Deterministic: the same detector, customer and `about` give the same id, on any try, on any machine. */
  readonly id: string;
  readonly detector: string;
  readonly certainty: Certainty;
  readonly question: string;
  readonly nextSteps: readonly string[];
  /** The lines of an invoice that its event showed: Stripe's events hold ten. */
  readonly lines?: { readonly shown: number; readonly areAll: boolean };
  /** The event that showed it; null when it is about the whole account, or about an event that never came. */
  readonly eventId: string | null;
  /** `in_...`, `ch_...` or `sub_...`: what the reader opens in Stripe; of the whole account a page of the dashboard. */
  readonly object: string;
  readonly objectLabel: string;
  readonly customerName: string | null;
  /** Event time, Unix seconds. */
  readonly atSec: number;
  readonly receivedAtSec: number;
  /** Where the customer's record keeps what it is about; undefined when it keeps nothing of it. */
  readonly observed?: Observed;
}

/** What a person says of the finding is said of these observations, those of its `object`. */
export interface Observed {
  readonly part: JudgedPart;
  /** Whether the next like it is no news once a person has called it expected. */
  readonly admits: boolean;
}

/**
 * 26 lower-case hex characters (104 bits), a pure function of its arguments.
 * @example findingId({ account: 'self', livemode: true, customer: 'cus_1' }, 'amount-spike', 'in_1').length // 26
 */
export function findingId(key: CustomerKey, detector: string, about: string): string {
  const parts = [key.account, key.livemode ? 'live' : 'test', key.customer ?? '', detector, about];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 26);
}

/** What a finding takes from the detector that made it. */
interface FoundBy {
  readonly id: string;
  readonly certainty: Certainty;
  readonly question: string;
  readonly admits?: boolean;
  readonly basis?: string;
  readonly nextSteps: readonly NextStep[];
}

/** What a finding takes from what it is about: one event, or the whole account at a time. */
export interface FoundIn extends CustomerKey {
  readonly customerName: string | null;
  readonly eventId: string | null;
  readonly object: string;
  readonly objectLabel: string;
  readonly lines?: Finding['lines'];
  readonly atSec: number;
  readonly receivedAtSec: number;
  readonly observed?: Observed;
}

/** A judgement with the facts of its detector and its event. */
export function toFinding(detector: FoundBy, event: BillingEvent, judgement: Judgement): Finding {
  const { account, livemode, customer, customerName } = event;
  const about =
    'invoice' in event
      ? judgement.about.replace(event.invoice.id, () => invoiceOccasion(event.invoice))
      : judgement.about;
  return makeFinding(
    detector,
    { ...judgement, about },
    {
      account,
      livemode,
      customer,
      customerName,
      eventId: event.id,
      object: objectOf(event).id,
      objectLabel: labelOf(event),
      ...('invoice' in event && {
        lines: { shown: event.invoice.lines.length, areAll: event.invoice.linesComplete },
      }),
      atSec: event.occurredAtSec,
      receivedAtSec: event.receivedAtSec,
      ...observedIn(detector, event),
    },
  );
}

/** A judgement with the facts of its detector and of what it is about. */
export function makeFinding(detector: FoundBy, judgement: Judgement, foundIn: FoundIn): Finding {
  const { id, question, nextSteps } = detector;
  const basis = judgement.basis ?? detector.basis;
  return {
    ...judgement,
    ...foundIn,
    id: findingId(foundIn, id, judgement.about),
    detector: id,
    certainty: judgement.certainty ?? detector.certainty,
    question,
    ...(basis !== undefined && { basis }),
    nextSteps: stepsFor(judgement.money.state, nextSteps),
  };
}

function observedIn({ admits = false }: FoundBy, event: BillingEvent): { observed?: Observed } {
  const part = event.customer === null ? undefined : observationsOf(event)[0]?.part;
  return part === undefined || part === 'subscriptions' ? {} : { observed: { part, admits } };
}

function labelOf(event: BillingEvent): string {
  if ('invoice' in event) return invoiceLabel(event.invoice);
  if ('charge' in event) return 'Charge';
  if ('payout' in event) return 'Payout';
  if ('meter' in event) return 'Meter';
  if ('creditNote' in event) return 'Credit note';
  return 'dispute' in event ? 'Dispute' : 'Subscription';
}
