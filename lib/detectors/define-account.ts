import type { AccountPast } from '../domain/account/account-past.ts';
import type { Certainty, Judgement } from '../domain/finding/finding.ts';
import type { NextStep } from '../domain/finding/next-step.ts';

/** What is wrong with the whole account, now. `about` is given by the sweep: one episode is one finding. */
export interface AccountJudgement extends Omit<Judgement, 'about'> {
  /** The first moment of what is wrong: names the episode. */
  readonly sinceSec: number;
  /** Where the reader looks in Stripe's dashboard. */
  readonly page: 'payments' | 'disputes' | 'subscriptions' | 'webhooks';
}

/**
 * Answers one question about a whole account, from its counts alone. Pure: no clock, no I/O, no randomness. Asked
 * every five minutes at least while events come, or once an hour; what it says of one hour must not change without
 * events.
 */
export interface AccountDetector {
  readonly kind: 'account';
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
  /** An episode is over, and the next is a new finding, after so long without it. */
  readonly overAfterHours: number;
  /** Who can act on its findings, besides finance: those who run the system. */
  readonly readers?: 'platform';
  /** It looks at hours that are over, so it is asked in the first sweep of an hour only. */
  readonly hourly?: true;
  judge(past: AccountPast): AccountJudgement | undefined;
}

export function defineAccountDetector(definition: Omit<AccountDetector, 'kind'>): AccountDetector {
  return { ...definition, kind: 'account' };
}
