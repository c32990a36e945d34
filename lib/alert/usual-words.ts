import type { Finding } from '../domain/finding.ts';
import { measureWords } from './measure-words.ts';

/**
 * What the value should have been, as the end of a sentence.
 * @example usualWords(finding) // 'usually about $410.00', or of a proven finding 'should be $1,200.00'
 */
export function usualWords(finding: Finding): string {
  const { expected, typical } = finding;
  if (finding.certainty === 'proven') return `should be ${rangeWords(finding)}`;
  if (expected.high === 0) return 'usually nothing';
  return typical === undefined
    ? `usually ${rangeWords(finding)}`
    : `usually about ${withoutUnit(finding, typical)}`;
}

/** @example rangeWords(finding) // '$350.00 to $480.00' */
export function rangeWords(finding: Finding): string {
  const { low, high } = finding.expected;
  if (low === 0 && high === 0) return 'nothing';
  const top = measureWords(high, finding.measure);
  return low === high ? top : `${withoutUnit(finding, low)} to ${top}`;
}

function withoutUnit({ measure }: Finding, value: number): string {
  return measureWords(value, measure.kind === 'money' ? measure : { ...measure, unit: '' });
}
