import { customerLabel } from '../domain/events/customer-label.ts';
import type { Finding } from '../domain/finding/finding.ts';
import { billedWords } from './billed-words.ts';
import { expectedWords } from './expected-words.ts';
import { isAboutAccount } from './is-about-account.ts';
import { measureWords } from './measure-words.ts';
import { subjectStart } from './subject-start.ts';
import { capitalised } from './text/capitalised.ts';
import { shortened } from './text/shortened.ts';

const maxLength = 90;
const shortestName = 16;

/**
 * The whole alert in one line of at most 90 characters. What does not fit is dropped in this order: most of a long
 * name, what was billed, the deadline, the expected amount.
 * For example, `subjectOf(finding, 'charges in 47 min')` is
 * 'High: Acme Ltd draft invoice $4,120.00, usually about $410.00, charges in 47 min'.
 * @param wait how long a warning still helps, e.g. 'charges in 47 min'
 */
export function subjectOf(finding: Finding, wait: string | null): string {
  const start = subjectStart(finding, finding.severity);
  const actual = measureWords(finding.actual, finding.measure);
  const usual = expectedWords(finding);
  const { headline } = finding;
  const ends = [
    ...(headline === undefined ? [] : [[headline, wait], [headline]]),
    [billedWords(finding), usual, wait],
    [actual, usual, wait],
    [billedWords(finding), usual],
    [actual, usual],
    [actual],
  ].map((parts) => ` ${parts.filter((part) => part !== null).join(', ')}`);
  const name = isAboutAccount(finding) ? `${capitalised(finding.measure.what)}:` : customerLabel(finding);
  const needed = start.length + Math.min(name.length, shortestName);
  const end = ends.find((text) => needed + text.length <= maxLength) ?? '';
  return shortened(start + shortened(name, maxLength - start.length - end.length) + end, maxLength);
}
