import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { approximateUsd } from '../../../lib/domain/money/approximate-usd.ts';

/** What other settings change, each list in order of time. */
export interface Comparison {
  readonly gained: readonly Finding[];
  readonly lost: readonly Finding[];
  readonly kept: readonly Finding[];
}

/**
 * The findings of two looks at the same events, by their ids.
 * @example compareFindings([a, b], [b, c]) // { gained: [c], lost: [a], kept: [b] }
 */
export function compareFindings(before: readonly Finding[], after: readonly Finding[]): Comparison {
  const old = new Set(before.map(({ id }) => id));
  const now = new Set(after.map(({ id }) => id));
  return {
    gained: inTime(after.filter(({ id }) => !old.has(id))),
    lost: inTime(before.filter(({ id }) => !now.has(id))),
    kept: inTime(after.filter(({ id }) => old.has(id))),
  };
}

/** Minor units at stake by currency, the largest sum first; a finding without an amount adds nothing. */
export function atStakeByCurrency(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { atStakeMinor, money } of findings) {
    if (atStakeMinor !== null) sums.set(money.currency, (sums.get(money.currency) ?? 0) + atStakeMinor);
  }
  const worth = ([currency, minor]: readonly [string, number]): number => minor / approximateUsd(1, currency);
  return new Map([...sums].sort((a, b) => worth(b) - worth(a)));
}

function inTime(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => a.atSec - b.atSec);
}
