import { isPlaceholder } from '../secrets/is-placeholder.ts';

const prefix = 'whsec_';

/**
 * Why a word can't be a signing secret of Stripe's, without the word itself; undefined when it can be one. A
 * placeholder that is taken for a secret lets anybody speak for Stripe.
 * @example signingSecretFault('whsec_...') // 'a placeholder follows whsec_'
 */
export function signingSecretFault(word: string): string | undefined {
  if (!word.startsWith(prefix)) return `it does not begin with ${prefix}`;
  const secret = word.slice(prefix.length);
  if (secret === '') return `nothing follows ${prefix}`;
  return isPlaceholder(secret) ? `a placeholder follows ${prefix}` : undefined;
}
