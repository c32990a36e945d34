import type { Finding } from '../domain/finding/finding.ts';
import { isAboutAccount } from './is-about-account.ts';
import { measureWords } from './measure-words.ts';

/** What was measured and how much it is. @example billedWords(finding) // 'draft invoice $4,120.00' */
export function billedWords(finding: Finding): string {
  return `${thing(finding)} ${measureWords(finding.actual, finding.measure)}`.trim();
}

/** What an amount was billed by; anything else that was measured has its own name. */
function thing({ measure, certainty, object, money }: Finding): string {
  if (isAboutAccount({ money })) return ''; // it stands in the place of the name
  if (measure.kind === 'quantity' || certainty !== 'unusual') return measure.what;
  if (object.startsWith('sub_')) return 'upcoming invoice';
  if (!object.startsWith('in_')) return 'charge';
  return money.state === 'draft' ? 'draft invoice' : 'invoice';
}
