import type { Finding } from '../domain/finding/finding.ts';
import { isAboutAccount } from './is-about-account.ts';

/** The certainty in words: proven, a contradiction, or why it is worth reporting although it is not proven. */
export function certaintyWords(finding: Pick<Finding, 'certainty' | 'basis' | 'money'>): string {
  if (finding.certainty === 'proven') return provenWords;
  if (finding.certainty === 'contradiction') return contradictionWords;
  const basis = finding.basis ?? (isAboutAccount(finding) ? accountBasis : customerBasis);
  return `Unusual: ${basis}. ${caveat}`;
}

const provenWords = 'Proven: it follows from the facts alone. Nothing is estimated.';
const contradictionWords =
  'Contradiction: the bill and its subscription disagree. That is a fact, not yet a fault: it may be meant, as when a ' +
  'schedule changes the price or someone edited the draft.';
const caveat = 'That is a judgement, not a proof; it may be intended.';

const customerBasis = 'it stands out from this customer’s own history';
const accountBasis = 'it stands out from what this account has done in the past weeks';
