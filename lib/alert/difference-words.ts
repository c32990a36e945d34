import type { Finding } from '../domain/finding.ts';
import { measureWords } from './measure-words.ts';

/**
 * How far off, in the measure and in per cent; no per cent of nothing or of a credit.
 * @example differenceWords(finding) // '$3,710.00 more than the usual $410.00 (+905%)'
 */
export function differenceWords(finding: Finding): string {
  const { actual, expected, measure, certainty, typical } = finding;
  const nearest = actual > expected.high ? expected.high : expected.low;
  const reference = certainty === 'unusual' && typical !== undefined ? typical : nearest;
  const difference = actual - reference;
  const size = `${measureWords(Math.abs(difference), measure)} ${difference < 0 ? 'less' : 'more'}`;
  if (reference === 0) return `${size}; nothing was expected`;
  const percent = reference < 0 ? '' : ` (${percentWords(difference / reference)})`;
  return `${size} than ${referenceName(finding, reference)}${percent}`;
}

function referenceName({ certainty, typical, measure }: Finding, reference: number): string {
  if (certainty === 'proven') return 'it should be';
  if (typical === undefined) return 'the expected range';
  return `the usual ${measureWords(reference, measure)}`;
}

/** @example percentWords(9.049) // '+905%', percentWords(-0.0416) // '−4.2%' */
function percentWords(share: number): string {
  const size = Math.abs(share * 100);
  if (size < 0.1) return 'under 0.1%';
  const text = size.toLocaleString('en-US', { maximumFractionDigits: size < 10 ? 1 : 0 });
  return `${share < 0 ? '−' : '+'}${text}%`;
}
