import type { Finding } from '../../domain/finding/finding.ts';
import { causeWords } from '../cause-words.ts';
import type { MailOptions } from '../mail-options.ts';
import { maxMailsPerHour, type PlannedMail, stormEverySec } from '../planned-mail.ts';
import type { StripeLink } from '../stripe-link.ts';
import { counted, listed } from '../text/counted.ts';
import { dayWords } from '../text/time-words.ts';

interface CollectionWords {
  /** What the email reports, as the start of a sentence: the longest first. */
  readonly says: readonly string[];
  /** Why they came as one email. */
  readonly why: string;
  /** The link to their cause in Stripe. */
  readonly link: StripeLink | undefined;
}

/** What several findings are, in words, and why they came as one email. @param findings at least one, clean */
export function collectionWords(
  kind: PlannedMail['kind'],
  findings: readonly Finding[],
  options: MailOptions,
): CollectionWords {
  const many = counted(findings.length, 'finding');
  if (kind === 'digest') return digestWords(many, options);
  if (kind === 'storm') return { says: [`${many} at once`], why: stormWhy, link: undefined };
  return groupWords(findings);
}

/** What findings of one cause are. @param findings at least one, clean */
export function groupWords(findings: readonly Finding[]): CollectionWords {
  const [first] = findings;
  const cause = first && causeWords(first);
  if (cause === undefined) {
    const many = counted(findings.length, 'finding');
    return { says: [`${many} with one cause`], why: 'They have one cause.', link: undefined };
  }
  const things = thingsWords(findings);
  return {
    says: [`${things} ${cause.says}`, `${things} ${cause.saysBriefly}`],
    why: cause.why,
    link: cause.link,
  };
}

const stormWhy =
  `They came at once with many others. No one reads more than ${maxMailsPerHour} emails an hour with care: the most severe ` +
  `came by themselves, and the rest comes together, at most every ${stormEverySec / 60} minutes.`;

function digestWords(many: string, { nowSec, timeZone, digestHours }: MailOptions): CollectionWords {
  const hours = listed(digestHours.map((hour) => `${hour}:00`));
  return {
    says: [`digest of ${dayWords(nowSec, timeZone)}, ${many}`, `digest, ${many}`],
    why: `They come by the clock: what can wait is collected for ${hours} (${timeZone}). What is proven or contradicts a subscription, is critical or about to be charged does not wait and comes by itself.`,
    link: undefined,
  };
}

/** For example, `thingsWords(findings)` is '200 draft invoices'. */
function thingsWords(findings: readonly Finding[]): string {
  const objects = new Set(findings.map(({ object }) => object));
  const [state, ...otherStates] = new Set(findings.map(({ money }) => money.state));
  const isToCome = otherStates.length === 0 && (state === 'draft' || state === 'upcoming');
  return counted(objects.size, isToCome ? `${state} ${nounOf(objects)}` : nounOf(objects));
}

/** The kind of object: a forecast of an invoice is about its subscription. */
function nounOf(objects: ReadonlySet<string>): string {
  const areAll = (...starts: readonly string[]): boolean =>
    [...objects].every((object) => starts.some((start) => object.startsWith(start)));
  if (areAll('in_', 'sub_')) return 'invoice';
  return areAll('ch_') ? 'payment' : 'bill';
}
