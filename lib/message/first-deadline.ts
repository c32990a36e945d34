import type { Finding } from '../domain/finding/finding.ts';

/** A draft, or a forecast of one, that Stripe will finalise by itself. */
interface Deadline {
  readonly finding: Finding;
  readonly atSec: number;
}

/** The draft that is finalised first among several findings, and is not yet; undefined when there is none. */
export function firstDeadline(findings: readonly Finding[], nowSec: number): Deadline | undefined {
  const drafts = findings.flatMap((finding) => {
    const { state, finalizesAtSec: atSec } = finding.money;
    const isToCome = state === 'draft' || state === 'upcoming';
    return isToCome && atSec !== null && atSec > nowSec ? [{ finding, atSec }] : [];
  });
  return drafts.toSorted((a, b) => a.atSec - b.atSec)[0];
}
