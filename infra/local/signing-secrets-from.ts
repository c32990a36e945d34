import { secretText } from '../../lib/secrets/secret-text.ts';
import { wordsOfSecret } from '../../lib/secrets/words-of-secret.ts';
import { signingSecretFault } from '../../lib/stripe/signing-secret-fault.ts';
import { StartError } from './start-error.ts';

/**
 * Stripe's own signing secrets (several while one is rolled), or one that is good for nothing else.
 * @param variable STRIPE_WEBHOOK_SECRET
 * @throws StartError that says what is wrong, and holds no secret
 */
export function signingSecretsFrom(variable: string | undefined): string {
  const text = variable?.trim() || 'whsec_only_on_this_machine';
  const { words, faults } = wordsOfSecret(secretText({ SecretString: text }), signingSecretFault);
  if (faults.length === 0) return words.join(' ');
  throw new StartError(
    `STRIPE_WEBHOOK_SECRET is not a signing secret: ${faults.join(', ')}. \`stripe listen --print-secret\` prints one.`,
  );
}
