import type { Finding } from '../domain/finding/finding.ts';

/** About no customer's bill but about all that the account does. */
export function isAboutAccount({ money }: Pick<Finding, 'money'>): boolean {
  return money.state === 'account';
}
