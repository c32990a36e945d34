import type { Finding } from '../domain/finding/finding.ts';

/** True when the finding is about no customer's bill but the whole account. */
export function isAboutAccount({ money }: Pick<Finding, 'money'>): boolean {
  return money.state === 'account';
}
