import type { Finding } from '../domain/finding/finding.ts';

/** A detector, and those it yields to. */
export interface Yielding {
  readonly id: string;
  readonly yieldsTo?: readonly string[];
}

/**
 * Drops the findings of one event whose cause another finding names. A finding is dropped only because of one that is
 * sent: where the other is dropped itself, switched off or silent, it stays. Pure.
 * For example, `inhibit([spike, drift], detectors)` is [drift], as amount-spike yields to price-drift.
 * @param findings all that the enabled detectors found of one event
 */
export function inhibit<Found extends Pick<Finding, 'detector' | 'about' | 'atStakeMinor'>>(
  findings: readonly Found[],
  detectors: readonly Yielding[],
): readonly Found[] {
  if (findings.length < 2) return findings;
  const inhibitorOf = inhibitors(findings, detectors);
  return findings.filter((finding) => inhibitorOf(finding) === undefined);
}

/** What each of these findings yields to: one that is sent, or undefined. */
export function inhibitors<Found extends Stake & Pick<Finding, 'detector' | 'about'>>(
  findings: readonly Found[],
  detectors: readonly Yielding[],
): (finding: Found) => Found | undefined {
  const yieldsTo = new Map(detectors.map(({ id, yieldsTo: to }) => [id, to ?? []]));
  const inhibitorOf = (finding: Found): Found | undefined =>
    findings.find(
      (other) =>
        yieldsTo.get(finding.detector)?.some((name) => isNamed(other, name)) &&
        explains(other, finding) &&
        inhibitorOf(other) === undefined,
    );
  return inhibitorOf;
}

/** Whether a name means the finding: its detector, alone or with what is wrong (the last word of `about`). */
function isNamed({ detector, about }: Pick<Finding, 'detector' | 'about'>, name: string): boolean {
  return name === detector || name === `${detector}/${about.split(' ').at(-1)}`;
}

const mostOfIt = 0.5; // the rest is rounding, taxes, discounts

/**
 * Checks whether a finding accounts for most of the money of another: a cent of a wrong sum explains no tenfold price.
 */
function explains(one: Stake, other: Stake): boolean {
  if (one.atStakeMinor === null || other.atStakeMinor === null) return true;
  return one.atStakeMinor >= other.atStakeMinor * mostOfIt;
}

type Stake = Pick<Finding, 'atStakeMinor'>;
