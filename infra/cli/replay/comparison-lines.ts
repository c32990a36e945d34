import { styleText } from 'node:util';
import type { Settings } from '../../../lib/detectors/settings.ts';
import { formatMoney } from '../../../lib/domain/money/money.ts';
import { atStakeByCurrency, type Comparison } from './compare-findings.ts';
import { findingJson, findingRow } from './finding-lines.ts';

const changes = ['gained', 'lost', 'kept'] as const;

/** For people: what differs, each alert gained or lost, and a table of how many and how much. */
export function comparisonWords(
  comparison: Comparison,
  [before, after]: readonly [Settings, Settings],
  without: ReadonlySet<string>,
  stream: NodeJS.WriteStream,
): readonly string[] {
  const heading = (text: string) => styleText('bold', text, { stream });
  const list = (change: 'gained' | 'lost') => {
    const rows = comparison[change].map((finding) => `  ${findingRow(finding)}`);
    return rows.length === 0 ? [] : [heading(titles[change]), ...rows, ''];
  };
  const rows = changes.map((change) => {
    const findings = comparison[change];
    const sums = [...atStakeByCurrency(findings)].map(([currency, minor]) => formatMoney(minor, currency));
    return `  ${titles[change].padEnd(6)}  ${String(findings.length).padStart(6)}   ${sums.join(', ')}`.trimEnd();
  });
  return [
    ...differences(before, after),
    ...[...without].map((rule) => `NEW is judged without ${rule}.`),
    '',
    ...list('gained'),
    ...list('lost'),
    heading('          alerts   at stake'),
    ...rows,
  ];
}

const titles = { gained: 'Gained', lost: 'Lost', kept: 'Kept' } as const;

function differences(before: Settings, after: Settings): readonly string[] {
  const old: ReadonlyMap<string, unknown> = new Map(Object.entries(before));
  const lines = Object.entries(after).flatMap(([name, value]) => {
    const [was, is] = [old.get(name), value].map((one) => JSON.stringify(one));
    return was === is ? [] : [`${name}: ${was} -> ${is}`];
  });
  return lines.length === 0 ? ['Both files set the same.'] : lines;
}

/** For programs: a line an alert gained or lost, then one with all three sums, in minor units. */
export function comparisonJson(comparison: Comparison): readonly string[] {
  const alerts = (['gained', 'lost'] as const).flatMap((change) =>
    comparison[change].map((finding) => ({
      change,
      ...findingJson(finding),
      atStake: finding.atStakeMinor,
    })),
  );
  const sums = changes.map((change) => {
    const findings = comparison[change];
    return [change, { alerts: findings.length, atStake: Object.fromEntries(atStakeByCurrency(findings)) }];
  });
  return [...alerts, { change: 'sums', ...Object.fromEntries(sums) }].map((line) => JSON.stringify(line));
}
