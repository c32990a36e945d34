import { isPlaceholder } from '../secrets/is-placeholder.ts';

const prefix = 'whsec_';
const leastLength = 16; // Stripe's have 32 or more; anyone can guess a word

/**
 * Why a word can't be a signing secret of Stripe's, without the word itself; undefined when it can be one. A
 * placeholder that is taken for a secret lets anyone speak for Stripe.
 * @example signingSecretFault('whsec_...') // 'a placeholder follows whsec_'
 */
export function signingSecretFault(word: string): string | undefined {
  if (!word.startsWith(prefix)) return `it does not begin with ${prefix}`;
  const secret = word.slice(prefix.length);
  if (secret === '') return `nothing follows ${prefix}`;
  if (isPlaceholder(secret)) return `a placeholder follows ${prefix}`;
  return secret.length < leastLength ? `too little follows ${prefix} to be a secret` : undefined;
}
