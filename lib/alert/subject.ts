import { customerLabel } from '../domain/customer-label.ts';
import type { Finding } from '../domain/finding.ts';
import { capitalised } from './capitalised.ts';
import { isAboutAccount } from './is-about-account.ts';
import { measureWords } from './measure-words.ts';
import { usualWords } from './usual-words.ts';

const maxLength = 90;
const shortestName = 16;

/**
 * The whole alert in one line of at most 90 characters. What does not fit goes in this order: most of a long name,
 * what it is that was billed, the deadline, the usual amount.
 * @param wait how long a warning still helps, e.g. 'charges in 47 min'
 * @example subjectOf(finding, 'charges in 47 min')
 * // 'High: Acme Ltd draft invoice $4,120.00, usually about $410.00, charges in 47 min'
 */
export function subjectOf(finding: Finding, wait: string | null): string {
  const mode = finding.livemode ? '' : '[TEST] ';
  const start = `${mode}${capitalised(finding.severity)}: `;
  const actual = measureWords(finding.actual, finding.measure);
  const usual = usualWords(finding);
  const headline = finding.headline ?? null;
  const ends = [
    ...(headline === null ? [] : [[headline, wait], [headline]]),
    [`${thing(finding)} ${actual}`.trim(), usual, wait],
    [actual, usual, wait],
    [`${thing(finding)} ${actual}`.trim(), usual],
    [actual, usual],
    [actual],
  ].map((parts) => ` ${parts.filter((part) => part !== null).join(', ')}`);
  const name = isAboutAccount(finding) ? `${capitalised(finding.measure.what)}:` : customerLabel(finding);
  const needed = start.length + Math.min(name.length, shortestName);
  const end = ends.find((text) => needed + text.length <= maxLength) ?? '';
  return shortened(start + shortened(name, maxLength - start.length - end.length) + end, maxLength);
}

/** What an amount was billed by; anything else that was measured has its own name. */
function thing({ measure, certainty, object, money }: Finding): string {
  if (isAboutAccount({ money })) return ''; // it stands in the place of the name
  if (measure.kind === 'quantity' || certainty === 'proven') return measure.what;
  if (object.startsWith('sub_')) return 'upcoming invoice';
  if (!object.startsWith('in_')) return 'charge';
  return money.state === 'draft' ? 'draft invoice' : 'invoice';
}

/** Never cuts a character in two. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length >= length) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}
