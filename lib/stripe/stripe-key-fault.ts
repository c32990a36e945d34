import { isPlaceholder } from '../secrets/is-placeholder.ts';

/**
 * Why a text that someone meant as a key can't be one that reads Stripe's books, without the text itself; undefined
 * when it can be one.
 * @example stripeKeyFault('rk_live_...') // 'a placeholder follows rk_live_'
 */
export function stripeKeyFault(text: string): string | undefined {
  if (/[\s,]/.test(text)) return 'it holds several words, and one key is needed';
  if (text.startsWith('pk_')) return 'it is a publishable key, which can read nothing';
  if (text.startsWith('whsec_')) return 'it is a signing secret';
  const { prefix, key = '' } = /^(?<prefix>[rs]k_(live|test)_)(?<key>.*)$/.exec(text)?.groups ?? {};
  if (prefix === undefined) return 'it does not begin with rk_live_ or rk_test_';
  return !/^\w+$/.test(key) || isPlaceholder(key) ? `a placeholder follows ${prefix}` : undefined;
}
