import type { Finding } from '../domain/finding/finding.ts';
import { differenceWords } from './difference-words.ts';
import { expectedName, rangeWords } from './expected-words.ts';
import { measureWords } from './measure-words.ts';
import { capitalised } from './text/capitalised.ts';

export interface Row {
  readonly label: string;
  readonly value: string;
}

/** The figures of a finding: the value, what was expected, the difference, the money at stake. */
export function figureRows(finding: Finding): readonly Row[] {
  const { measure, actual, atStakeMinor, money } = finding;
  const atStake =
    atStakeMinor === null || measure.kind === 'money' ? [] : [moneyWords(atStakeMinor, money.currency)];
  return [
    { label: capitalised(measure.what), value: measureWords(actual, measure) },
    { label: expectedName(finding), value: rangeWords(finding) },
    { label: 'Difference', value: differenceWords(finding) },
    ...atStake.map((value) => ({ label: 'Money at stake', value })),
    { label: 'Severity', value: `${capitalised(finding.severity)}: ${finding.severityReason}` },
  ];
}

function moneyWords(amountMinor: number, currency: string): string {
  return measureWords(amountMinor, { kind: 'money', currency, what: '' });
}
