import type { Finding } from '../domain/finding/finding.ts';
import { isAboutAccount } from './is-about-account.ts';
import { measureWords } from './measure-words.ts';

/** The measured thing and its amount. For example, `billedWords(finding)` is 'draft invoice $4,120.00'. */
export function billedWords(finding: Finding): string {
  return `${thing(finding)} ${measureWords(finding.actual, finding.measure)}`.trim();
}

/** The name of what was billed; any other measure has its own name. */
function thing({ measure, certainty, object, money }: Finding): string {
  if (isAboutAccount({ money })) return ''; // the account's name already says it
  if (measure.kind === 'quantity' || certainty !== 'unusual') return measure.what;
  if (object.startsWith('sub_')) return 'upcoming invoice';
  if (!object.startsWith('in_')) return 'charge';
  return money.state === 'draft' ? 'draft invoice' : 'invoice';
}
