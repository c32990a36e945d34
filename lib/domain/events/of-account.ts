/** One of the Stripe accounts that share a stack, or an account connected to it. */
interface StripeAccount {
  /** As the operator calls it, e.g. `emea`; `self` when the stack has one alone. */
  readonly account: string;
  /** `acct_...` */
  readonly connectedAccount?: string | undefined;
}

/** Ids of Stripe's have an underscore: none is taken for a name. */
const nameShape = /^([a-z][a-z0-9-]*)(?:\/(.+))?$/;

/**
 * What the `account` of a key names.
 * @example stripeAccountOf('emea/acct_1') // { account: 'emea', connectedAccount: 'acct_1' }
 * @example stripeAccountOf('acct_1') // { account: 'self', connectedAccount: 'acct_1' }
 */
export function stripeAccountOf(name: string): StripeAccount {
  const [, account, connectedAccount] = nameShape.exec(name) ?? [];
  return account === undefined ? { account: 'self', connectedAccount: name } : { account, connectedAccount };
}

/** The `account` of a key. @example accountNameOf({ account: 'self', connectedAccount: 'acct_1' }) // 'acct_1' */
export function accountNameOf({ account, connectedAccount }: StripeAccount): string {
  if (connectedAccount === undefined) return account;
  return account === 'self' ? connectedAccount : `${account}/${connectedAccount}`;
}

/** @example isOwnAccount('acct_1SellerNine') // false: it is a connected one */
export function isOwnAccount(name: string): boolean {
  return stripeAccountOf(name).connectedAccount === undefined;
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
