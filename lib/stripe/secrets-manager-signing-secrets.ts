import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SigningSecrets } from './signing-secrets.ts';

/** How long after it is changed a secret takes effect, at most. */
const maxAgeSec = 60;

/**
 * Reads one secret whose text holds the `whsec_...` separated by white space; anything else in it is ignored.
 * While Secrets Manager does not answer, the last known ones stay live: its outage is not Stripe's.
 */
export function secretsManagerSigningSecrets(
  client: SecretsManagerClient,
  secretId: string,
  nowSec: () => number,
): SigningSecrets {
  let latest: Promise<readonly string[]> | undefined;
  let askedAtSec = 0;

  async function ask(lastKnown: Promise<readonly string[]> | undefined): Promise<readonly string[]> {
    try {
      const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
      return SecretString.split(/\s+/).filter((word) => word.startsWith('whsec_'));
    } catch (error) {
      if (lastKnown !== undefined) return lastKnown;
      latest = undefined; // nothing to fall back on: the next call asks again
      throw error;
    }
  }

  return {
    live() {
      if (latest === undefined || nowSec() - askedAtSec >= maxAgeSec) {
        askedAtSec = nowSec();
        latest = ask(latest);
      }
      return latest;
    },
  };
}
