import { stripeAccountOf } from '../domain/events/of-account.ts';
import type { Finding } from '../domain/finding/finding.ts';

/** Dashboard pages by the prefix of the object's id. */
const pages: ReadonlyMap<string | undefined, readonly [page: string, noun: string]> = new Map([
  ['in', ['invoices', 'invoice']],
  ['mtr', ['meters', 'meter']],
  ['po', ['payouts', 'payout']],
  ['sub', ['subscriptions', 'subscription']],
]);

export interface StripeLink {
  readonly label: string;
  readonly url: string;
}

type Place = Pick<Finding, 'account' | 'livemode'>;

/**
 * The object's page in Stripe's dashboard, in the right account and mode.
 * @example stripeLink({ account: 'acct_1', livemode: false, object: 'in_1' })
 *   // { label: 'Open this invoice in Stripe', url: 'https://dashboard.stripe.com/acct_1/test/invoices/in_1' }
 */
export function stripeLink(finding: Place & Pick<Finding, 'object'>): StripeLink {
  const { object } = finding;
  const { page, noun } = pageOf(object);
  return noun === undefined
    ? stripeList(finding)
    : { label: `Open this ${noun} in Stripe`, url: stripeUrl(finding, page, object) };
}

/**
 * The dashboard page that lists objects of this kind.
 * @example stripeList({ account: 'self', livemode: true, object: 'in_1' }).label // 'Open invoices in Stripe'
 */
export function stripeList(finding: Place & Pick<Finding, 'object'>): StripeLink {
  const { page } = pageOf(finding.object);
  return { label: `Open ${page} in Stripe`, url: stripeUrl(finding, page) };
}

function pageOf(object: string): { readonly page: string; readonly noun?: string } {
  if (/^[a-z]+$/.test(object)) return { page: object }; // it is a page
  const [page, noun] = pages.get(object.split('_')[0]) ?? ['payments', 'payment'];
  return { page, noun };
}

/** @example stripeUrl({ account: 'self', livemode: true }, 'prices', 'price_1') // 'https://dashboard.stripe.com/prices/price_1' */
export function stripeUrl({ account, livemode }: Place, ...path: readonly string[]): string {
  const { connectedAccount = [] } = stripeAccountOf(account);
  const place = [connectedAccount, livemode ? [] : 'test', path].flat();
  return `https://dashboard.stripe.com/${place.map(encodeURIComponent).join('/')}`;
}
