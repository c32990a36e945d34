import { createHash } from 'node:crypto';

/**
 * An id of Stripe's shape that depends on the seed alone, so that the same day gives the same demo.
 * @example stripeId('cus', 'Brightwater Dental Group') // 'cus_' and 24 letters and digits
 */
export function stripeId(prefix: string, ...seed: readonly (string | number)[]): string {
  const digest = createHash('sha512')
    .update([prefix, ...seed].join('\n'))
    .digest('base64');
  return `${prefix}_${digest.replace(/[^A-Za-z0-9]/g, '').slice(0, 24)}`;
}
