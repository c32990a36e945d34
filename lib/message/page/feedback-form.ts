import type { Wish } from '../../domain/finding/answer.ts';
import { daySec } from '../../domain/time.ts';
import { endOfLocalDaySec } from '../text/local-day.ts';

/** The fields that the page's form sends. */
export interface FeedbackForm {
  readonly wish: Wish;
  /** The number of answers that the alert had when the page was made. */
  readonly seen: number;
}

/** The choices, as the form and the links in the email name them. */
export const feedbackActions = ['expected', 'error', 'planned', 'snooze', 'undo'] as const;
export type FeedbackAction = (typeof feedbackActions)[number];

/** The latest day that a person may choose. */
export const maxDaysAhead = 365;

export function isFeedbackAction(text: string | null | undefined): text is FeedbackAction {
  return feedbackActions.some((action) => action === text);
}

/**
 * @param body as a browser writes a form: `action=planned&seen=0&until=2026-12-24`
 * @returns what is wrong with it, as a sentence
 */
export function parseFeedbackForm(
  body: string,
  timeZone: string,
  nowSec: number,
): FeedbackForm | { readonly problem: string } {
  const fields = new URLSearchParams(body);
  const action = fields.get('action');
  const seen = Number(fields.get('seen') ?? Number.NaN);
  if (!isFeedbackAction(action) || !Number.isSafeInteger(seen))
    return { problem: 'That was not sent by this page. Please choose again.' };
  if (action === 'undo') return { wish: { kind: 'none', untilSec: null }, seen };
  if (action === 'expected' || action === 'error') return { wish: { kind: action, untilSec: null }, seen };
  const untilSec = endOfLocalDaySec(fields.get('until') ?? '', timeZone);
  if (untilSec === undefined || untilSec <= nowSec || untilSec > nowSec + (maxDaysAhead + 1) * daySec)
    return { problem: 'Please choose a day from today on, within a year.' };
  return { wish: { kind: action === 'snooze' ? 'snoozed' : 'planned', untilSec }, seen };
}
