import type { Finding } from '../domain/finding.ts';

/** By the beginning of the object's id. */
const pages: ReadonlyMap<string | undefined, readonly [page: string, noun: string]> = new Map([
  ['in', ['invoices', 'invoice']],
  ['mtr', ['meters', 'meter']],
  ['po', ['payouts', 'payout']],
  ['sub', ['subscriptions', 'subscription']],
]);

/**
 * The object's page in Stripe's dashboard, in the right account and mode.
 * @example stripeLink({ account: 'acct_1', livemode: false, object: 'in_1' })
 * // { label: 'Open this invoice in Stripe', url: 'https://dashboard.stripe.com/acct_1/test/invoices/in_1' }
 */
export function stripeLink(finding: Pick<Finding, 'account' | 'livemode' | 'object'>): {
  readonly label: string;
  readonly url: string;
} {
  const account = finding.account === 'self' ? [] : [encodeURIComponent(finding.account)];
  const mode = finding.livemode ? [] : ['test'];
  const to = (...path: readonly string[]) =>
    `https://dashboard.stripe.com/${[...account, ...mode, ...path.map(encodeURIComponent)].join('/')}`;
  if (/^[a-z]+$/.test(finding.object))
    return { label: `Open ${finding.object} in Stripe`, url: to(finding.object) };
  const [page, noun] = pages.get(finding.object.split('_')[0]) ?? ['payments', 'payment'];
  return { label: `Open this ${noun} in Stripe`, url: to(page, finding.object) };
}
