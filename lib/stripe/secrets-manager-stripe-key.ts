import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * The key that reads Stripe's books: `rk_...`, or `sk_...` of who has no restricted one; undefined while nobody has
 * put one into the secret. Rejects when the secret can't be had.
 */
export function secretsManagerStripeKey(
  client: SecretsManagerClient,
  secretId: string,
): () => Promise<string | undefined> {
  return async () => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return /^[rs]k_(live|test)_\w+$/.exec(SecretString.trim())?.[0];
  };
}
