import type { Finding } from '../domain/finding/finding.ts';

/** The address of the page on which a finding is answered. */
export type FeedbackUrl = (finding: Finding) => string;

/** What an email about one finding says beside it. */
export interface RenderOptions {
  /** When it is read from, Unix seconds: the minutes left count from here. */
  readonly nowSec: number;
  /** IANA zone of the reader. */
  readonly timeZone: string;
  /** The sender's domain, on the right of the message ids. */
  readonly mailDomain: string;
  /** Of this finding, a PNG; without it the mail is complete too. */
  readonly chart?: Uint8Array;
  /** Where a finding is answered; without it the email has no such links. */
  readonly feedbackUrl?: FeedbackUrl | undefined;
  /** Since when the account's events are looked at; undefined when it can't be told. */
  readonly listeningSinceSec?: number | undefined;
}

/** What emails about several findings say beside that. */
export interface MailOptions extends RenderOptions {
  /** Whole hours of the day at which digests are sent, in `timeZone`. */
  readonly digestHours: readonly number[];
  /** Addresses of those who keep the lists of readers. */
  readonly platform: readonly string[];
}
