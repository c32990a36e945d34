import fc from 'fast-check';
import { accountNameOf, isOwnAccount, stripeAccountOf } from '../../../../lib/domain/events/of-account.ts';
import { accountName, accountNamed } from '../../../../lib/store/account-name.ts';
import { accountId } from '../../../../lib/stripe/event/fields.ts';

it.each([
  ['self', { account: 'self', connectedAccount: undefined }],
  ['acct_1SellerNine', { account: 'self', connectedAccount: 'acct_1SellerNine' }],
  ['emea', { account: 'emea', connectedAccount: undefined }],
  ['emea/acct_1SellerNine', { account: 'emea', connectedAccount: 'acct_1SellerNine' }],
])('%s names an account, and one connected to it', (name, account) => {
  expect(stripeAccountOf(name)).toEqual(account);
  expect(accountNameOf(account)).toBe(name);
  expect(isOwnAccount(name)).toBe(account.connectedAccount === undefined);
});

it('names each account apart, in keys of items too, and in earlier ones unchanged', () => {
  const account = fc.record({
    account: fc.oneof(fc.constant('self'), fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/)),
    connectedAccount: fc.option(fc.stringMatching(/^acct_[A-Za-z0-9]{1,20}$/), { nil: undefined }),
  });
  const law = fc.property(account, fc.boolean(), (one, livemode) => {
    const key = { account: accountNameOf(one), livemode };
    expect(stripeAccountOf(key.account)).toEqual(one);
    expect(accountNamed(accountName(key))).toEqual(key);
  });
  fc.assert(law);
  expect(accountName({ account: accountNameOf({ account: 'self' }), livemode: true })).toBe('self#live');
});

it('takes no connected account for one that an operator may configure', () => {
  expect(accountId('acct_1SellerNine')).toBe('acct_1SellerNine');
  expect(accountId('org_1/acct_2')).toBe('org_1/acct_2');
  expect(accountId('emea')).toBeNull();
  expect(accountId('emea/acct_1')).toBeNull();
  expect(accountId('self')).toBeNull();
});
