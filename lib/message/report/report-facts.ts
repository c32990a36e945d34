import type { Row } from '../figure-rows.ts';
import type { StripeLink } from '../stripe-link.ts';

/** Everything an email says that needs no immediate decision: the weekly report, and that alerts are over. */
export interface ReportFacts {
  readonly livemode: boolean;
  readonly subject: string;
  readonly summary: string;
  readonly sections: readonly ReportSection[];
  readonly reference: readonly Row[];
  /** Why the reader gets it, and what this system can't see. */
  readonly notes: readonly string[];
}

export interface ReportSection {
  /** The heading; without one, the summary is the title. */
  readonly title?: string;
  readonly figures?: readonly Row[];
  readonly items?: readonly ReportItem[];
  readonly words?: string;
}

/** One alert. */
export interface ReportItem {
  readonly summary: string;
  /** Its outcome, or the time in which a warning still helps. */
  readonly note: string;
  readonly figures: readonly Row[];
  readonly link: StripeLink;
  /** The address of the page on which it is answered. */
  readonly answerUrl: string | undefined;
}
