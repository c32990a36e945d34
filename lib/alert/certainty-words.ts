import type { Finding } from '../domain/finding.ts';
import { isAboutAccount } from './is-about-account.ts';

/** Whether it is proven, or else why it is worth telling all the same. */
export function certaintyWords(finding: Pick<Finding, 'certainty' | 'basis' | 'money'>): string {
  if (finding.certainty === 'proven') return provenWords;
  const basis = finding.basis ?? (isAboutAccount(finding) ? accountBasis : customerBasis);
  return `Unusual: ${basis}. ${caveat}`;
}

const provenWords = 'Proven: it follows from the facts alone. Nothing is estimated.';
const caveat = 'That is a judgement, not a proof; it may be intended.';

const customerBasis = 'it stands out from this customer’s own history';
const accountBasis = 'it stands out from what this account has done in the past weeks';
