import { isOwnAccount } from '../domain/events/of-account.ts';
import type { Row } from './figure-rows.ts';

/** The row that names the account, at the end of an email, when it is a connected one. */
export function accountRow(account: string): readonly Row[] {
  return isOwnAccount(account) ? [] : [{ label: 'Account', value: account }];
}
