import { daySec } from '../domain/time.ts';
import type { FeedbackUrl } from '../message/mail-options.ts';
import { sealToken } from './feedback-token.ts';

/** An email may be read after a holiday; after that the alert is history. */
export const linksLiveSec = 30 * daySec;

/**
 * Makes the links of an email; each is good for one finding, and for 30 days.
 * @param keys the first signs
 * @param pagesUrl e.g. `https://abc.execute-api.eu-central-1.amazonaws.com/alerts`
 * @returns undefined without a key: better an email without links than none
 */
export function feedbackLinks(
  [key]: readonly string[],
  pagesUrl: string,
  nowSec: number,
): FeedbackUrl | undefined {
  if (key === undefined) return undefined;
  return ({ account, livemode, id }) =>
    `${pagesUrl}/${sealToken({ account, livemode, id, expiresAtSec: nowSec + linksLiveSec }, key)}`;
}
