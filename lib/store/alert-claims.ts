import type { Finding } from '../domain/finding.ts';

/**
 * How long a claim is good for: longer than the alert function may run, so that nobody else sends meanwhile; shorter
 * than the queue hides a message, so that the next try after a crash can have it. test/infra holds it to that.
 */
export const leaseSec = 60;

/** Which alert it is. */
export type AlertKey = Pick<Finding, 'account' | 'livemode' | 'id'>;

/** The right to send one alert, until it runs out. */
export interface AlertClaim {
  readonly key: AlertKey;
  readonly untilSec: number;
}

/** `held`: somebody else may be sending it just now. `sent`: there is nothing left to do. */
export type ClaimAnswer = AlertClaim | 'held' | 'sent';

/**
 * Makes one of many tries to send an alert the one that sends it. What every adapter promises (test/contract runs it):
 * - of any number of claims of one alert at the same time, one is given;
 * - a claim that is neither released nor recorded as sent runs out, and can then be had again;
 * - what was recorded as sent stays `sent` for more than a year, whoever else held a claim by then.
 */
export interface AlertClaims {
  claim(key: AlertKey, nowSec: number): Promise<ClaimAnswer>;
  /** Gives the claim back: nothing was sent. Changes nothing if it ran out and somebody else has it. */
  release(claim: AlertClaim): Promise<void>;
  /** @param mailId the mail provider's id of what was sent */
  recordSent(claim: AlertClaim, mailId: string, sentAtSec: number): Promise<void>;
}
