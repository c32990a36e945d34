import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { type BillingEvent, type CustomerKey, customerKeySchema } from '../events/billing-event.ts';
import { invoiceLabel } from '../events/invoice-label.ts';
import { invoiceOccasion } from '../events/invoice-occasion.ts';
import { objectOf } from '../events/object-of.ts';
import type { JudgedPart } from '../record/judge-observations.ts';
import { observationsOf } from '../record/observations-of.ts';
import type { Immutable } from '../schema/immutable.ts';
import { currency, moneyStateSchema } from './money-state.ts';
import { type NextStep, stepsFor } from './next-step.ts';

/** The worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/**
 * `proven`: it follows from Stripe's own numbers. `contradiction`: the bill and its subscription disagree; certain as a
 * fact, but it may be meant. `unusual`: a judgement by what was seen before.
 */
const certainty = z.enum(['proven', 'contradiction', 'unusual']);
export type Certainty = z.infer<typeof certainty>;

const measure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('money'), currency, what: z.string() }),
  z.object({ kind: z.literal('quantity'), unit: z.string(), what: z.string() }),
]);
export type Measure = Immutable<z.infer<typeof measure>>;

const history = z.object({
  /** How many observations the judgement used (may be more than `points`). */
  count: z.int(),
  points: z.array(z.object({ atSec: z.int(), value: z.number(), usual: z.boolean() })),
});
export type History = Immutable<z.infer<typeof history>>;

const breakdown = z.object({
  rows: z.array(z.object({ label: z.string(), amountMinor: z.int() })),
  totalLabel: z.string(),
  totalMinor: z.int(),
});
export type Breakdown = Immutable<z.infer<typeof breakdown>>;

const judgement = z.object({
  /** What it is about, e.g. the invoice's id: the same thing seen again is the same finding. */
  about: z.string(),
  severity: z.enum(severities),
  /** Why this severity, as a sentence. */
  severityReason: z.string(),
  /** One plain sentence: what happened, to which customer, how much, against what is usual. */
  summary: z.string(),
  /** The same in a few words, to stand behind the customer's name in a subject; by default made from the measure. */
  headline: z.optional(z.string()),
  /**
   * What brought it about, when other findings may have the same cause: `price:price_...`, `shifted_price:price_...`,
   * `tax_rate:txr_...`, `meter:price_...`. Findings of one cause are one email.
   */
  cause: z.optional(z.string()),
  /** What people call that price, rate or meter, e.g. `Team plan`. */
  causeName: z.optional(z.string()),
  /** By default its detector's. */
  certainty: z.optional(certainty),
  /**
   * Why such a thing is worth reporting though nothing proves it; by default what its detector says, or its history.
   */
  basis: z.optional(z.string()),
  /** What `actual`, `expected`, `boundary` and the history count. */
  measure,
  actual: z.number(),
  /**
   * Expected range, inclusive, in the measure's unit: it reaches to where its check speaks, so what was usual is
   * read from the history. Where nothing is estimated, both ends are the right value.
   */
  expected: z.object({ low: z.number(), high: z.number() }),
  /** The usual value in one number, within the expected range; the difference is stated against it. */
  typical: z.optional(z.number()),
  /**
   * The last `actual`, on the way from the usual, at which no check would have reported it; null when there is none:
   * it is proven, or another check would have reported anything else.
   */
  boundary: z.nullable(z.number()),
  /** Where the silent values around `boundary` end on their other side; undefined where all on that side are silent. */
  farBoundary: z.optional(z.number()),
  /** The rule and the threshold in force, in words. */
  rule: z.string(),
  /** The observations it was judged by, oldest first, at most 24 of them; empty when proven. */
  history,
  /** Where the difference comes from; the amounts sum to it exactly. Empty when the event does not say. */
  breakdown: z.nullable(breakdown),
  /** What else changed at the same time, as plain sentences: price, seats, discount, tax. */
  nearby: z.optional(z.array(z.string())),
  /** Money at stake in minor units of `money.currency`; null when it is not known. */
  atStakeMinor: z.nullable(z.int()),
  money: moneyStateSchema,
});

/**
 * What a detector has to say of one event: what happened, what would have been usual, and why we say so.
 * Everything an email or a report shows is here; nothing is looked up later.
 */
export type Judgement = Immutable<z.infer<typeof judgement>>;

/** What a person says of the finding is said of these observations, those of its `object`. */
const observed = z.object({
  part: z.enum(['charges', 'invoices', 'setbacks'] satisfies readonly JudgedPart[]),
  /** Whether the next like it is no news once a person has called it expected. */
  admits: z.boolean(),
});
export type Observed = Immutable<z.infer<typeof observed>>;

const id = z.stringFormat('id', /^.{1,500}$/su);

export const findingSchema = z.extend(judgement, {
  ...customerKeySchema.shape,
  /** Deterministic: the same detector, customer and `about` give the same id, on any try, on any machine. */
  id,
  detector: z.stringFormat('detector', /^[a-z][a-z-]{0,60}$/),
  certainty,
  question: z.string(),
  nextSteps: z.array(z.string()),
  /** The lines of an invoice that its event showed: Stripe's events hold ten. */
  lines: z.optional(z.object({ shown: z.int(), areAll: z.boolean() })),
  /** The event that showed it; null when it is about the whole account, or about an event that never came. */
  eventId: z.nullable(id),
  /** `in_...`, `ch_...` or `sub_...`: what the reader opens in Stripe; of the whole account a page of the dashboard. */
  object: id,
  objectLabel: z.string(),
  customerName: z.nullable(z.string()),
  /** Event time, Unix seconds. */
  atSec: z.int(),
  receivedAtSec: z.int(),
  /** Where the customer's record keeps what it is about; undefined when it keeps nothing of it. */
  observed: z.optional(observed),
});

/** A judgement with the facts of its detector and its event: what is queued, mailed and replayed. */
export type Finding = Immutable<z.infer<typeof findingSchema>>;

/** How a finding crosses the alerts queue, and lies in what is stored of alerts and accounts. */
export const findingShape = { what: 'A finding', version: 1, schema: findingSchema };

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
