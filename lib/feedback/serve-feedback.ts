import type { FeedbackAction } from '../message/page/feedback-form.ts';
import { isFeedbackAction, parseFeedbackForm } from '../message/page/feedback-form.ts';
import { feedbackPage } from '../message/page/feedback-page.ts';
import { badLinkPage, badRequestPage, unknownAlertPage } from '../message/page/feedback-refusals.ts';
import type { SecretWords } from '../secrets/secret-words.ts';
import { openToken } from './feedback-token.ts';
import { type FeedbackStores, giveAnswer, standingOf } from './give-answer.ts';

export interface FeedbackRequest {
  readonly method: string;
  readonly token: string;
  /** What the link in the email chose. */
  readonly action: string | undefined;
  /** A form, as a browser writes it. */
  readonly body: string;
}

export interface FeedbackAnswer {
  readonly statusCode: number;
  /** A page. */
  readonly body: string;
}

export interface FeedbackDeps {
  readonly stores: FeedbackStores;
  readonly keys: SecretWords;
  readonly timeZone: string;
  readonly nowSec: () => number;
}

const mostBodyLength = 1_000; // characters; our forms send some fifty

/**
 * The page of an alert, and the answers to it. Whatever is asked by GET or HEAD reads only: mail scanners open every
 * link. A POST does what its form says, once: a form that was sent before, or that someone else was quicker than,
 * changes nothing and is answered 403 with the page as it stands now.
 */
export async function serveFeedback(request: FeedbackRequest, deps: FeedbackDeps): Promise<FeedbackAnswer> {
  const { stores, keys, timeZone } = deps;
  const nowSec = deps.nowSec();
  const claims = openToken(request.token, await keys.live(), nowSec);
  if (claims === undefined) return { statusCode: 403, body: badLinkPage };
  if (request.body.length > mostBodyLength) return { statusCode: 413, body: badRequestPage };
  const standing = await standingOf(claims, stores);
  if (standing === undefined) return { statusCode: 404, body: unknownAlertPage };
  const page = (statusCode: number, change: Partial<Parameters<typeof feedbackPage>[0]> = {}) => ({
    statusCode,
    body: feedbackPage({ ...standing, ...change }, nowSec, timeZone),
  });
  if (request.method !== 'POST') return page(200, chosenIn(request));
  const form = parseFeedbackForm(request.body, timeZone, nowSec);
  if ('problem' in form) return page(400, { notice: form.problem });
  const given = await giveAnswer(standing, form.wish, form.seen, stores, nowSec);
  if (given === 'outdated') return page(403, { ...(await standingOf(claims, stores)), notice: outdated });
  return page(200, { ...given, notice: form.wish.kind === 'none' ? undone : done });
}

const done = 'Done. How it stands now is said below; Undo takes it back.';
const undone = 'Done: the answer is taken back.';
const outdated =
  'Nothing was changed: this alert was answered after your page was opened. Below is how it stands now.';

function chosenIn({ action }: FeedbackRequest): { chosen?: FeedbackAction } {
  return isFeedbackAction(action) ? { chosen: action } : {};
}
