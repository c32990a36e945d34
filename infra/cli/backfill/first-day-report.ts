import { type Finding, severities } from '../../../lib/domain/finding/finding.ts';
import { formatMoney } from '../../../lib/domain/money/money.ts';
import { findingRow } from '../replay/finding-lines.ts';
import type { Past } from './judge-past.ts';

/** What would have been caught, for people: by detector with the money of each currency, then one by one. */
export function firstDayReport(
  past: Pick<Past, 'events' | 'findings'>,
  customers: number,
  from: string,
): string {
  const { events, findings } = past;
  const byDetector = [...Map.groupBy(findings, ({ detector }) => detector)].sort(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  );
  const count = (value: number): string => value.toLocaleString('en-US');
  return [
    `What BillingWatch would have caught from ${from} on`,
    '',
    `${count(events)} events of ${count(customers)} customers, ${count(findings.length)} findings. No alert was sent of them.`,
    '',
    ...byDetector.map(([detector, some]) => `${detector.padEnd(22)}${summary(some)}`),
    ...(findings.length === 0 ? [] : ['', ...findings.map(findingRow)]),
    '',
  ].join('\n');
}

/** @example summary(findings) // '3  (1 critical, 2 high), at stake $4,080.00 and €210.00' */
function summary(findings: readonly Finding[]): string {
  const how = severities.flatMap((severity) => {
    const many = findings.filter((finding) => finding.severity === severity).length;
    return many === 0 ? [] : [`${many} ${severity}`];
  });
  const money = new Map<string, number>();
  for (const {
    atStakeMinor,
    money: { currency },
  } of findings) {
    if (atStakeMinor !== null) money.set(currency, (money.get(currency) ?? 0) + atStakeMinor);
  }
  const amounts = [...money].map(([currency, minor]) => formatMoney(minor, currency));
  const stake = amounts.length === 0 ? '' : `, at stake ${amounts.join(' and ')}`;
  return `${String(findings.length).padStart(5)}  (${how.join(', ')})${stake}`;
}
