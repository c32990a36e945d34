import { type Finding, severities } from '../domain/finding/finding.ts';
import { approximateUsd } from '../domain/money/approximate-usd.ts';
import { formatMoney } from '../domain/money/money.ts';
import { isAboutAccount } from './is-about-account.ts';

/** The money at stake in several findings. */
interface AtStake {
  /** One total for each currency, exact to the minor unit, in words; the largest worth first. */
  readonly totals: readonly string[];
  /** Number of findings whose money is unknown. */
  readonly unknown: number;
  /** Number of findings about the whole account: not in the totals, as their money is that of its customers. */
  readonly ofAccount: number;
}

/** For example, `atStake(findings).totals` is ['$12,340.00', '€2,100.00']. */
export function atStake(findings: readonly Finding[]): AtStake {
  const single = findings.filter((finding) => !isAboutAccount(finding));
  const sums = new Map<string, bigint>(); // thousands of large amounts in minor units exceed what a number holds exactly
  for (const { atStakeMinor, money } of single) {
    if (atStakeMinor === null) continue;
    sums.set(money.currency, (sums.get(money.currency) ?? 0n) + BigInt(atStakeMinor));
  }
  const worth = ([currency, minor]: readonly [string, bigint]) => Number(minor) / approximateUsd(1, currency);
  return {
    totals: [...sums]
      .sort((a, b) => worth(b) - worth(a) || (a[0] < b[0] ? -1 : 1))
      .map(([currency, minor]) => formatMoney(minor, currency)),
    unknown: single.filter(({ atStakeMinor }) => atStakeMinor === null).length,
    ofAccount: findings.length - single.length,
  };
}

/**
 * Compares findings to sort the most important first: the most severe; among equals the whole account, then what is
 * worth more, approximately.
 */
export function byImportance(a: Finding, b: Finding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || byWorth(a, b);
}

function byWorth(a: Finding, b: Finding): number {
  const worth = (finding: Finding) =>
    isAboutAccount(finding)
      ? Number.MAX_VALUE
      : (finding.atStakeMinor ?? 0) / approximateUsd(1, finding.money.currency);
  return Math.sign(worth(b) - worth(a));
}
