import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretText } from '../secrets/secret-text.ts';
import { stripeKeyFault } from './stripe-key-fault.ts';

/** What someone meant as a key: the random text that the secret is made with, or "none", is not. */
const meantAsKey = /(^|[^a-z0-9])([prs]k|whsec)_/i;

/**
 * The key that reads from Stripe: `rk_...`, or `sk_...` where there is no restricted one; undefined until the operator
 * puts one into the secret. Rejects when the secret can't be read.
 * @param onFault called with why what is there is no key, safe to log
 */
export function secretsManagerStripeKey(
  client: SecretsManagerClient,
  secretId: string,
  onFault: (fault: string) => void,
): () => Promise<string | undefined> {
  return async () => {
    const text = secretText(await client.send(new GetSecretValueCommand({ SecretId: secretId })));
    const fault = stripeKeyFault(text);
    if (fault === undefined) return text;
    if (meantAsKey.test(text)) onFault(fault);
    return undefined;
  };
}
