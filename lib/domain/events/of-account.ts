/** The account that the webhook endpoint belongs to. */
const ownAccount = 'self';

/** @example isOwnAccount('acct_1SellerNine') // false: it is a connected one */
export function isOwnAccount(account: string): boolean {
  return account === ownAccount;
}

/**
 * A sentence about something in an account. Of a connected one it says which, as without that a reader takes it for
 * our own; of our own, and where it is said already, nothing is added.
 * @example ofAccount('acct_1', 'The draft is $4,080.00.') // 'Connected account acct_1: The draft is $4,080.00.'
 */
export function ofAccount(account: string, sentence: string): string {
  const named = `connected account ${account}`;
  return isOwnAccount(account) || sentence.includes(named) ? sentence : `C${named.slice(1)}: ${sentence}`;
}
