import type { Finding } from '../domain/finding/finding.ts';
import { expectedName, expectedOf, isBelowOne } from './expected-words.ts';
import { measureWords } from './measure-words.ts';

/**
 * The difference in the measure and in per cent; without a per cent for nothing or a credit.
 * For example, `differenceWords(finding)` is '$3,710.00 more than the usual $410.00 (+905%)'.
 */
export function differenceWords(finding: Finding): string {
  const { actual, expected, typical } = finding;
  const nearest = actual > expected.high ? expected.high : expected.low;
  const reference = finding.certainty === 'unusual' && typical !== undefined ? typical : nearest;
  const difference = actual - reference;
  const percent =
    reference <= 0 || isBelowOne(finding, reference) ? '' : ` (${percentWords(difference / reference)})`;
  return `${sizeWords(finding, difference)} than ${referenceWords(finding, reference)}${percent}`;
}

/** The difference of a count from its mean, approximately. */
function sizeWords({ measure }: Finding, difference: number): string {
  const isCounted = measure.kind === 'quantity' && measure.unit !== 'a day';
  const about = isCounted && !Number.isInteger(difference) ? 'about ' : '';
  const size = Math.abs(isCounted ? Math.round(difference) : difference);
  return `${about}${measureWords(size, measure)} ${difference < 0 ? 'less' : 'more'}`;
}

/** The name of the reference: "usual" only where it was seen, as a trend leads beyond it. */
function referenceWords(finding: Finding, reference: number): string {
  const { certainty, measure, typical } = finding;
  if (certainty === 'proven') return 'it should be';
  if (certainty === 'contradiction') return 'the subscription says';
  const { low, high } = expectedOf(finding);
  const isMean = isBelowOne(finding, reference); // the mean of many zeros and a few ones may lie outside the values shown
  const isWithin = isMean || (reference >= low && reference <= high);
  const name = expectedName(finding) === 'Usual so far' && isWithin ? 'usual' : 'expected';
  const isNamed = typical !== undefined && reference !== 0 && !isMean;
  return isNamed ? `the ${name} ${measureWords(reference, measure)}` : name;
}

/** @example percentWords(9.049) // '+905%', percentWords(-0.0416) // '−4.2%' */
function percentWords(share: number): string {
  const size = Math.abs(share * 100);
  if (size < 0.1) return 'under 0.1%';
  const text = size.toLocaleString('en-US', { maximumFractionDigits: size < 10 ? 1 : 0 });
  return `${share < 0 ? '−' : '+'}${text}%`;
}
