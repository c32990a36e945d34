import type { Row } from '../figure-rows.ts';
import type { StripeLink } from '../stripe-link.ts';

/** Everything an email says that asks for no decision at once: the week's report, and that alerts are over. */
export interface ReportFacts {
  readonly livemode: boolean;
  readonly subject: string;
  readonly summary: string;
  readonly sections: readonly ReportSection[];
  readonly reference: readonly Row[];
  /** Why the reader gets it, and what can't be seen from here. */
  readonly notes: readonly string[];
}

export interface ReportSection {
  /** None: the summary is its title. */
  readonly title?: string;
  readonly figures?: readonly Row[];
  readonly items?: readonly ReportItem[];
  readonly words?: string;
}

/** One alert. */
export interface ReportItem {
  readonly summary: string;
  /** What became of it, or how long a warning still helps. */
  readonly note: string;
  readonly figures: readonly Row[];
  readonly link: StripeLink;
  /** Of the page on which it is answered. */
  readonly answerUrl: string | undefined;
}
