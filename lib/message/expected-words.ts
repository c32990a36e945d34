import type { Finding } from '../domain/finding/finding.ts';
import { measureWords } from './measure-words.ts';

/**
 * The expected value, as the end of a sentence.
 * For example, `expectedWords(finding)` is 'usually about $410.00', or of a proven finding 'should be $1,200.00'.
 */
export function expectedWords(finding: Finding): string {
  const { expected, measure, typical } = finding;
  if (finding.certainty === 'proven') return `should be ${rangeWords(finding)}`;
  if (finding.certainty === 'contradiction') return `by the subscription ${rangeWords(finding)}`;
  const nothing = measure.kind === 'money' ? 'nothing' : 'none';
  if ((typical ?? expected.high) === 0) return `usually ${nothing}`;
  if (typical === undefined) return `usually ${rangeWords(finding)}`;
  return isBelowOne(finding, typical)
    ? `usually ${belowOne}`
    : `usually about ${withoutUnit(finding, typical)}`;
}

/**
 * The range that the value is compared with: for a fact what it should be, else the least and the most of what was
 * usual before; without a history what was expected.
 */
export function expectedOf(finding: Finding): Finding['expected'] {
  const { certainty, expected, typical } = finding;
  if (certainty !== 'unusual') return expected;
  const values = usualValues(finding);
  if (values.length > 0) return { low: Math.min(...values), high: Math.max(...values) };
  return typical === undefined ? expected : { low: typical, high: typical };
}

/** The name of the range, to stand before `rangeWords`. */
export function expectedName(finding: Finding): string {
  if (finding.certainty === 'proven') return 'Should be';
  if (finding.certainty === 'contradiction') return 'By the subscription';
  return usualValues(finding).length > 0 ? 'Usual so far' : 'Expected';
}

/** For example, `rangeWords(finding)` is '$350.00 to $480.00'. */
export function rangeWords(finding: Finding): string {
  const { measure } = finding;
  const { low, high } = expectedOf(finding);
  if (low === 0 && high === 0 && measure.kind === 'quantity') return 'none';
  if (low === high && isBelowOne(finding, high)) return belowOne;
  const top = measureWords(high, measure);
  return low === high ? top : `${withoutUnit(finding, low)} to ${top}`;
}

const belowOne = 'fewer than 1';

/**
 * True when a value is the mean of what is counted in whole numbers and seldom happens; usage a day may be any number.
 */
export function isBelowOne({ measure }: Pick<Finding, 'measure'>, value: number): boolean {
  return measure.kind === 'quantity' && measure.unit !== 'a day' && value > 0 && value < 1;
}

function usualValues({ history }: Finding): readonly number[] {
  return history.points.flatMap(({ value, usual }) => (usual ? [value] : []));
}

function withoutUnit({ measure }: Finding, value: number): string {
  return measureWords(value, measure.kind === 'money' ? measure : { ...measure, unit: '' });
}
