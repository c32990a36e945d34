import { type Finding, severities } from '../../domain/finding/finding.ts';
import { atStake } from '../at-stake.ts';
import type { Row } from '../figure-rows.ts';
import { counted, listed } from '../text/counted.ts';

/** The number of findings and customers, and the money in each currency: what is known, and what is not. */
export function collectionFigures(findings: readonly Finding[]): readonly Row[] {
  const { totals, unknown, ofAccount } = atStake(findings);
  const customers = new Set(findings.flatMap(({ customer }) => customer ?? [])).size;
  return [
    { label: 'Money at stake', value: totals.length === 0 ? 'not known' : listed(totals) },
    ...rowIf(
      unknown > 0 && totals.length > 0,
      'Not in that sum',
      `${counted(unknown, 'finding')} with an unknown amount`,
    ),
    ...rowIf(
      ofAccount > 0,
      'The whole account',
      `${counted(ofAccount, 'finding')}, not in that sum: its money is the customers’`,
    ),
    {
      label: 'Findings',
      value: `${findings.length.toLocaleString('en-US')}: ${listed(severityCounts(findings))}`,
    },
    ...rowIf(customers > 0, 'Customers', customers.toLocaleString('en-US')),
  ];
}

function rowIf(isShown: boolean, label: string, value: string): readonly Row[] {
  return isShown ? [{ label, value }] : [];
}

/** For example, `severityCounts(findings)` is ['2 high', '1 low']. */
export function severityCounts(findings: readonly Finding[]): readonly string[] {
  return severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${severity}`];
  });
}
