import type { Finding } from './finding.ts';

/** A finding on its way to people: filed when it came from the queue, open once it was mailed. */
export interface Alert {
  readonly finding: Finding;
  /** When the alert function first had it. */
  readonly filedAtSec: number;
  /** When SES took the email that tells of it; null while it waits. */
  readonly mailedAtSec: number | null;
  /** What became of it; null while it is open. */
  readonly outcome: Outcome | null;
}

/**
 * `resolved`: the events show that it is over. `muted`: nobody was told, as a person wished of such alerts. The others
 * are what a person said of this one, from the email.
 */
export type Outcome =
  | { readonly kind: 'resolved'; readonly reason: string; readonly atSec: number }
  | { readonly kind: 'expected' | 'error'; readonly atSec: number }
  | { readonly kind: 'planned' | 'snoozed' | 'muted'; readonly untilSec: number; readonly atSec: number };
