import type { AccountPast } from '../domain/account/account-past.ts';
import type { BillingEvent } from '../domain/events/billing-event.ts';
import type { Certainty, Judgement } from '../domain/finding/finding.ts';
import type { NextStep } from '../domain/finding/next-step.ts';
import type { RenewalLook } from '../domain/record/is-overdue.ts';
import type { AccountDetector, AccountJudgement } from './define-account.ts';

/** What is said of the renewals that were missed in one hour. */
export interface RenewalVerdict {
  /** Each by itself. */
  readonly alone: readonly (RenewalLook & { readonly judgement: Judgement })[];
  /** Renewals that many others were missed with: one cause, one finding, of the detector that finds such causes. */
  readonly together: (AccountJudgement & { readonly foundAs: FoundAs }) | undefined;
}

type FoundAs = Pick<AccountDetector, 'id' | 'question' | 'certainty' | 'nextSteps' | 'overAfterHours'>;

/** A case of a detector of renewals: all that is known of a customer whose renewal of month 1 is looked at. */
interface RenewalExample {
  readonly name: string;
  readonly history: readonly BillingEvent[];
}

/** As `Examples` of detectors of events. */
export type RenewalExamples = () => {
  readonly fires: readonly RenewalExample[];
  readonly quiet: readonly RenewalExample[];
};

/** Answers whether renewals came, some time after they were due. Pure: no clock, no I/O, no randomness. */
export interface RenewalDetector {
  readonly kind: 'renewal';
  /** Same as the file's name; also its metric, its docs anchor and its row on the dashboard. */
  readonly id: string;
  readonly question: string;
  readonly certainty: Certainty;
  /** Why such a thing is worth reporting though nothing proves it, to stand behind "Unusual:". */
  readonly basis?: string;
  /** What the reader of the email does next, most useful first. */
  readonly nextSteps: readonly NextStep[];
  /** What it does not see, and why. */
  readonly blindSpots: readonly string[];
  /** A renewal is looked at so long after it was due. */
  readonly graceHours: number;
  /** It is judged together with those that were due so long before and after it. */
  readonly neighbourHours: number;
  /** What many share is over, and the next is a new finding, after so long without it. */
  readonly overAfterHours: number;
  /**
   * What is to be said of the renewals of one hour (see `hourOf`).
   * @param neighbours they and those that were due around them, in the order in which they were due
   */
  judge(hour: number, neighbours: readonly RenewalLook[], past: AccountPast): RenewalVerdict;
}
