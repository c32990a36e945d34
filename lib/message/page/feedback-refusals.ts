import { html } from '../markup/html.ts';
import { pageOf } from '../markup/page-of.ts';

/**
 * The refusal of every link that is not ours, has expired or was cut off: it is always the same, so guesses learn
 * nothing.
 */
export const badLinkPage = plainPage(
  'This link is not good',
  'It may have expired: links are good for 30 days. Or your mail program has cut it: copy all of it. Nothing was changed.',
);

/** The answer to a valid link whose alert is forgotten. */
export const unknownAlertPage = plainPage(
  'This alert is not kept any more',
  'Alerts are forgotten after 400 days. There is nothing to answer, and nothing was changed.',
);

export const badRequestPage = plainPage(
  'That was not sent by our page',
  'Please open the link in the email and choose there. Nothing was changed.',
);

export const errorPage = plainPage(
  'That did not work',
  'We could not reach what we need to know. Please try again in a minute; doing it twice does no harm.',
);

function plainPage(title: string, words: string): string {
  return pageOf(title, html`<h1 class="h1 ink">${title}</h1><p class="note">${words}</p>`);
}
