import type { Finding } from '../domain/finding/finding.ts';

/** The address of the page on which a finding is answered. */
export type FeedbackUrl = (finding: Finding) => string;

/** Options of an email about one finding. */
export interface RenderOptions {
  /** The time of reading, Unix seconds: the minutes left count from here. */
  readonly nowSec: number;
  /** The IANA time zone of the reader. */
  readonly timeZone: string;
  /** The sender's domain, on the right of the message ids. */
  readonly mailDomain: string;
  /** The chart of this finding, a PNG; without it the mail is complete too. */
  readonly chart?: Uint8Array;
  /** The address at which a finding is answered; without it the email has no such links. */
  readonly feedbackUrl?: FeedbackUrl | undefined;
  /** The moment since which the account's events are seen; undefined when it is unknown. */
  readonly listeningSinceSec?: number | undefined;
}

/** Options of emails about several findings. */
export interface MailOptions extends RenderOptions {
  /** Whole hours of the day at which digests are sent, in `timeZone`. */
  readonly digestHours: readonly number[];
  /** Addresses of the maintainers of the lists of readers. */
  readonly platform: readonly string[];
}
