import type { AccountKey } from '../domain/events/billing-event.ts';
import { isOwnAccount } from '../domain/events/of-account.ts';
import { capitalised } from './text/capitalised.ts';
import { shortened } from './text/shortened.ts';

const accountLength = 32; // Stripe's ids have 21 characters today

/**
 * The start of a subject: the mode, a word, and the account when it is a connected one.
 * @example subjectStart({ account: 'acct_1', livemode: false }, 'high') // '[TEST] High in acct_1: '
 */
export function subjectStart({ account, livemode }: AccountKey, word: string): string {
  const place = isOwnAccount(account) ? '' : ` in ${shortened(account, accountLength)}`;
  return `${livemode ? '' : '[TEST] '}${capitalised(word)}${place}: `;
}
