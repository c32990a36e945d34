import type { Outcome } from './alert.ts';
import type { Finding } from './finding.ts';

/** Whose alerts of which detector. */
export type AnswerSubject = Pick<Finding, 'account' | 'livemode' | 'customer' | 'detector'>;

/**
 * `expected`: the value is usual from now on. `error`: it is as if it had never been. `planned`: nothing more of this
 * detector about this customer for a while. `snoozed`: nothing more about this one thing for a while.
 */
export type AnswerKind = 'expected' | 'error' | 'planned' | 'snoozed';

/** What a person said of an alert. */
export interface Wish {
  /** `none`: an answer was taken back. */
  readonly kind: AnswerKind | 'none';
  /** Until when nothing more is mailed, Unix seconds; null of what says nothing about mail. */
  readonly untilSec: number | null;
}

/** The last of what people said of an alert. */
export interface Answer extends AnswerSubject, Wish {
  /** The alert's id. */
  readonly alert: string;
  readonly object: string;
  readonly condition: string;
  readonly atSec: number;
  /** What became of the alert without any answer: that it is over. It is so again once the answer is taken back. */
  readonly resolved: Outcome | null;
  /** How many answers the alert has had: two people who answer at once are not both heard. */
  readonly count: number;
}

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

/** What is proven or contradicted of one object says nothing of what somebody planned of another: others yielded to it. */
function isAbout(finding: Finding, { kind, object, condition, detector, customer }: Answer): boolean {
  if (finding.detector !== detector || finding.customer !== customer) return false;
  if (finding.certainty !== 'unusual' && finding.object !== object) return false;
  return kind === 'planned' || (kind === 'snoozed' && conditionOf(finding) === condition);
}
