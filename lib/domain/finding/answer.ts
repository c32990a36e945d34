import * as z from 'zod/mini';
import type { Immutable } from '../schema/immutable.ts';
import { outcomeSchema } from './alert.ts';
import { type Finding, findingSchema } from './finding.ts';

const answerSubjectSchema = z.pick(findingSchema, {
  account: true,
  livemode: true,
  customer: true,
  detector: true,
});
/** Whose alerts of which detector. */
export type AnswerSubject = Immutable<z.infer<typeof answerSubjectSchema>>;

const answerKinds = ['expected', 'error', 'planned', 'snoozed'] as const;
/**
 * `expected`: the value is usual from now on. `error`: it is as if it had never been. `planned`: nothing more of this
 * detector about this customer for a while. `snoozed`: nothing more about this one thing for a while.
 */
export type AnswerKind = (typeof answerKinds)[number];

const wishSchema = z.object({
  /** `none`: an answer was taken back. */
  kind: z.enum([...answerKinds, 'none']),
  /** Until when nothing more is mailed, Unix seconds; null of what says nothing about mail. */
  untilSec: z.nullable(z.int()),
});
/** What a person said of an alert. */
export type Wish = Immutable<z.infer<typeof wishSchema>>;

export const answerSchema = z.extend(z.extend(answerSubjectSchema, wishSchema.shape), {
  /** The alert's id. */
  alert: z.string(),
  object: z.string(),
  condition: z.string(),
  atSec: z.int(),
  /** What became of the alert without any answer: that it is over. It is so again once the answer is taken back. */
  resolved: z.nullable(outcomeSchema),
  /** How many answers the alert has had: two people who answer at once are not both heard. */
  count: z.int(),
});
/** The last of what people said of an alert. */
export type Answer = Immutable<z.infer<typeof answerSchema>>;

/** How an answer is stored. */
export const answerShape = { what: 'An answer to an alert', version: 1, schema: answerSchema };

/** What a finding is about, so that the next about the same is known by it: its cause, or else its object. */
export function conditionOf({ cause, object }: Pick<Finding, 'cause' | 'object'>): string {
  return cause ?? object;
}

/** Until when a finding is not to be mailed, as people said of others like it; undefined when it is. */
export function mutedUntilSec(
  finding: Finding,
  answers: readonly Answer[],
  nowSec: number,
): number | undefined {
  const ends = answers.filter((answer) => isAbout(finding, answer)).map(({ untilSec }) => untilSec ?? 0);
  const lastSec = Math.max(0, ...ends);
  return lastSec > nowSec ? lastSec : undefined;
}

/**
 * What is proven or contradicted of one object says nothing of what someone planned of another: others yielded to it.
 */
function isAbout(finding: Finding, { kind, object, condition, detector, customer }: Answer): boolean {
  if (finding.detector !== detector || finding.customer !== customer) return false;
  if (finding.certainty !== 'unusual' && finding.object !== object) return false;
  return kind === 'planned' || (kind === 'snoozed' && conditionOf(finding) === condition);
}
