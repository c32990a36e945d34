import { isOwnAccount } from '../domain/events/of-account.ts';
import type { Row } from './figure-rows.ts';

/** Of the facts at the end of an email: the account, when it is a connected one. */
export function accountRow(account: string): readonly Row[] {
  return isOwnAccount(account) ? [] : [{ label: 'Account', value: account }];
}
